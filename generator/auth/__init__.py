"""Who gets which token: the auth plan."""

from generator.auth.plan import AuthOptions, AuthPlan, OperationAuth, TokenEndpoint, plan_auth

__all__ = ["AuthOptions", "AuthPlan", "OperationAuth", "TokenEndpoint", "plan_auth"]
