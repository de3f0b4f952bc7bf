{% include 'postman_v21/token.js' %}

{% include 'postman_v21/refusal.js' %}

var endpoint = endpoints[{{ token | javascript }}];
var tokenUrl = pm.variables.replaceIn('{' + '{tokenUrl' + endpoint.suffix + '}' + '}');

// Exactly one grant_type: in the address if an environment's carries it, else in the body.
var form = pm.request.body.urlencoded;
form.remove(function (field) {
    return field.key === 'grant_type';
});
if (!/[?&]grant_type=/.test(tokenUrl)) {
    form.add({ key: 'grant_type', value: 'client_credentials' });
}

if (missing(endpoint)) {
    giveUp(missing(endpoint) + ', then send this again: the token endpoint would refuse an empty client.');
}

// Client authentication by HTTP Basic (RFC 6749, 2.3.1), if this collection was made for it.
if (endpoint.authentication !== 'body') {
    pm.request.headers.upsert({ key: 'Authorization', value: basicHeader(endpoint) });
}
