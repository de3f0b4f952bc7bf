// After each request: when the API no longer accepts our token, forget it, so that the next Send fetches another.
var tokenVariables = {{ endpoints | javascript }};
var authorization = pm.request.headers.get('Authorization') || '';
Object.keys(tokenVariables).forEach(function (name) {
    var token = pm.variables.get(name);
    if (pm.response.code === 401 && token && authorization === 'Bearer ' + token) {
        var scope = pm.environment.has(name) ? pm.environment : pm.collectionVariables;
        scope.set(name, '');
        console.warn('The API answered 401: the access token is forgotten. Send again to fetch a new one.');
    }
});
