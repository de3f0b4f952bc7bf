// Stores the access token and when it expires.
{% include 'postman_v21/token.js' %}

var endpoint = endpoints[{{ token | javascript }}];
var tokenUrl = pm.variables.replaceIn('{' + '{tokenUrl' + endpoint.suffix + '}' + '}');
var asked = Date.now() - (Number(pm.response.responseTime) || 0);
// Where no answer came, the response has no status; why, the runner says beside the request.
var reason = pm.response.code
    ? keepToken(endpoint, tokenUrl, asked, pm.response.code, pm.response.text())
    : 'The token endpoint ' + tokenUrl + ' cannot be reached: see the error of this request.';
pm.test('An access token was issued', function () {
    if (reason) {
        console.error(reason);
        throw new Error(reason);
    }
});
