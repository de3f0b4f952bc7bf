// Stores the access token and when it expires.
{% include 'postman_v21/token.js' %}

var endpoint = endpoints[{{ token | javascript }}];
var tokenUrl = pm.variables.replaceIn('{' + '{tokenUrl' + endpoint.suffix + '}' + '}');
var asked = Date.now() - (Number(pm.response.responseTime) || 0);
var reason = keepToken(endpoint, tokenUrl, asked, pm.response.code, pm.response.text());
pm.test('An access token was issued', function () {
    if (reason) {
        console.error(reason);
        throw new Error(reason);
    }
});
