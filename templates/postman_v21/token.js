{# What every script that handles tokens shares; included at the top of each. #}
// The token endpoints of this collection, by the variable that holds the access token.
// "suffix" lengthens the names of the variables; "authentication" is how the client proves itself;
// "parameters" are sent beside the standard's own.
var endpoints = {{ endpoints | javascript }};

// Reads a variable: an environment's comes before the collection's.
function read(name) {
    var value = pm.variables.get(name);
    return value === undefined || value === null ? '' : String(value);
}

// Stores a variable where it is: in the environment if that has it, else in the collection.
function store(name, value) {
    if (pm.environment.has(name)) {
        pm.environment.set(name, value);
    } else {
        pm.collectionVariables.set(name, value);
    }
}

// For whom a token is: another address, client or scope needs another token.
function owner(endpoint, tokenUrl) {
    return [tokenUrl, read('client_id' + endpoint.suffix), read('scope' + endpoint.suffix)].join(' ');
}

// Takes a token out of the server's answer. Returns what went wrong, or nothing.
function keepToken(endpoint, tokenUrl, asked, status, text) {
    var answer;
    try {
        answer = JSON.parse(text);
    } catch (error) {
        answer = null;
    }
    if (status < 200 || status > 299 || !answer || !answer.access_token) {
        var words = answer && (answer.error_description || answer.error || answer.message || answer.ErrorCode);
        // Some servers answer with an object where RFC 6749, 5.2, has a text: then all of the answer is shown.
        if (typeof words !== 'string') {
            words = String(text || 'nothing').slice(0, 300);
        } else if (typeof answer.error === 'string' && answer.error !== words) {
            words = answer.error + ': ' + words;
        }
        return 'The token endpoint ' + tokenUrl + ' answered ' + status + ': ' + words;
    }
    // RFC 6749, 7.1: a client must not use a token whose type it does not understand. Apigee says "BearerToken".
    var type = answer.token_type;
    if (type !== undefined && type !== null && !/^bearer(token)?$/i.test(String(type))) {
        return 'The token endpoint gave a token of type "' + type + '"; only Bearer tokens can be sent.';
    }
    // A number or a text; five minutes where the server does not say (RFC 6749, 5.1).
    var seconds = Number(answer.expires_in);
    if (!(seconds > 0)) {
        seconds = 300;
    }
    store('access_token' + endpoint.suffix, String(answer.access_token));
    store('access_token_expires_at' + endpoint.suffix, String(asked + seconds * 1000));
    store('access_token_for' + endpoint.suffix, owner(endpoint, tokenUrl) + ' ' + String(answer.access_token).slice(-8));
    return '';
}

// Form-encoding, as RFC 6749, 2.3.1 asks for identifier and secret.
function formEncode(text) {
    return encodeURIComponent(text).replace(/[!'()*]/g, function (character) {
        return '%' + character.charCodeAt(0).toString(16).toUpperCase();
    }).replace(/%20/g, '+');
}

// The header for client authentication by HTTP Basic; "basic-raw" leaves out the form-encoding.
function basicHeader(endpoint) {
    var encode = endpoint.authentication === 'basic-raw' ? String : formEncode;
    var pair = encode(read('client_id' + endpoint.suffix)) + ':' + encode(read('client_secret' + endpoint.suffix));
    return 'Basic ' + Buffer.from(pair, 'utf8').toString('base64');
}
