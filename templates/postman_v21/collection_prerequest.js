{% if incoming %}
{% include 'postman_v21/incoming.js' %}

{% endif %}
// Before each request that needs an access token: fetch one if it is missing or about to expire.
// There is nothing to click; fill in client_id and client_secret, and press Send.
{% include 'postman_v21/token.js' %}

{% include 'postman_v21/refusal.js' %}

// Which endpoint's token this request carries: its own bearer auth names the variable. Others get none.
function endpointOfRequest() {
    var auth = pm.request.auth;
    if (!auth || auth.type !== 'bearer') {
        return null;
    }
    var parameters = auth.parameters ? auth.parameters() : auth.bearer;
    var token = parameters && parameters.get ? parameters.get('token') : '';
    if (!token && Array.isArray(auth.bearer)) {
        token = (auth.bearer.filter(function (entry) { return entry.key === 'token'; })[0] || {}).value;
    }
    token = String(token || '');
    var names = Object.keys(endpoints);
    for (var index = 0; index < names.length; index += 1) {
        if (token === '{' + '{' + names[index] + '}' + '}') {
            return endpoints[names[index]];
        }
    }
    return null;
}

function isFresh(endpoint, tokenUrl) {
    var token = read('access_token' + endpoint.suffix);
    if (!token) {
        return false;
    }
    var known = read('access_token_for' + endpoint.suffix);
    // A token that this script did not store was pasted by hand: it is used as it is.
    var mark = ' ' + token.slice(-8);
    if (known.slice(-mark.length) !== mark) {
        return true;
    }
    // Half a minute early, so that the token does not expire on its way.
    var until = Number(read('access_token_expires_at' + endpoint.suffix)) - 30000;
    return known === owner(endpoint, tokenUrl) + mark && Date.now() < until;
}

function fetchToken(endpoint, tokenUrl) {
    var form = [];
    var headers = { Accept: 'application/json', 'Content-Type': 'application/x-www-form-urlencoded' };
    // Exactly one grant_type: in the address if that carries it already, else in the body.
    if (!/[?&]grant_type=/.test(tokenUrl)) {
        form.push({ key: 'grant_type', value: 'client_credentials' });
    }
    if (endpoint.authentication === 'body') {
        form.push({ key: 'client_id', value: read('client_id' + endpoint.suffix) });
        form.push({ key: 'client_secret', value: read('client_secret' + endpoint.suffix) });
    } else {
        headers.Authorization = basicHeader(endpoint);
    }
    if (read('scope' + endpoint.suffix)) {
        form.push({ key: 'scope', value: read('scope' + endpoint.suffix) });
    }
    Object.keys(endpoint.parameters).forEach(function (name) {
        form.push({ key: name, value: endpoint.parameters[name] });
    });
    var asked = Date.now();
    pm.sendRequest({
        url: tokenUrl,
        method: 'POST',
        header: headers,
        body: { mode: 'urlencoded', urlencoded: form }
    }, function (error, response) {
        var reason;
        if (error) {
            var why = error.message || error.code || (typeof error === 'string' ? error : JSON.stringify(error));
            reason = 'The token endpoint ' + tokenUrl + ' cannot be reached: ' + why;
        } else {
            reason = keepToken(endpoint, tokenUrl, asked, response.code, response.text());
        }
        if (reason) {
            giveUp(reason);
        }
    });
}

var endpoint = endpointOfRequest();
if (endpoint) {
    var tokenUrl = pm.variables.replaceIn('{' + '{tokenUrl' + endpoint.suffix + '}' + '}');
    if (!isFresh(endpoint, tokenUrl)) {
        if (missing(endpoint)) {
            giveUp(missing(endpoint) + ': this request needs an access token.');
        } else {
            fetchToken(endpoint, tokenUrl);
        }
    }
}
