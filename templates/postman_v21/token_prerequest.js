// Client authentication by HTTP Basic (RFC 6749, 2.3.1).
{% include 'postman_v21/token.js' %}

pm.request.headers.upsert({ key: 'Authorization', value: basicHeader(endpoints[{{ token | javascript }}]) });
