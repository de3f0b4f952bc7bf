// A certified authorization server (npm: oidc-provider) for the client credentials grant, on a free loopback port.
// Reads its clients as JSON from standard input; prints its port; writes each request's Authorization and body there.
import http from 'node:http';
import { readFileSync } from 'node:fs';
import { Provider } from 'oidc-provider';

const clients = JSON.parse(readFileSync(0, 'utf8')).map((client) => ({
    ...client, grant_types: ['client_credentials'], response_types: [], redirect_uris: [],
}));
const resourceIndicators = {
    enabled: true,
    getResourceServerInfo: async (context, resource) => ({ scope: 'read write', audience: resource, accessTokenFormat: 'jwt' }),
};
const features = { clientCredentials: { enabled: true }, resourceIndicators, devInteractions: { enabled: false } };
const provider = new Provider('http://127.0.0.1', { clients, features, scopes: ['read', 'write'] });
const server = http.createServer(provider.callback());
server.listen(0, '127.0.0.1', () => console.log(server.address().port));
