package io.github.matrixsync.examples.adapters;

import io.github.matrixsync.event.UserId;
import java.util.Optional;

/**
 * Checks access tokens. Called on threads of the HTTP server, by several at a time, and must not block. If it throws,
 * the client gets 500 and nothing is logged: it logs itself why, without the token.
 */
@FunctionalInterface
public interface AccessTokens {
  /** Returns the user of a token; empty if the token is unknown or has expired. */
  Optional<UserId> user(String token);
}
