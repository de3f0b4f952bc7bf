"""Who gets which token: the auth plan."""

from generator.auth.plan import AuthOptions, AuthPlan, ClientAuthentication, OperationAuth, TokenEndpoint, plan_auth

__all__ = ["AuthOptions", "AuthPlan", "ClientAuthentication", "OperationAuth", "TokenEndpoint", "plan_auth"]
