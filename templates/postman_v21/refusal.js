{# How a script keeps a request from going out; included where one may. #}
// Says what is to be filled in before a token can be had; nothing where all of it is there.
function missing(endpoint) {
    var names = ['client_id' + endpoint.suffix, 'client_secret' + endpoint.suffix];
    return read(names[0]) && read(names[1]) ? '' : 'Fill in the variables ' + names.join(' and ');
}

// Ends this request with a reason that every runner shows.
function giveUp(reason) {
    console.error(reason);
    pm.test('An access token is there', function () {
        throw new Error(reason);
    });
    pm.execution.skipRequest();
}
