/**
 * The part of a host that does not depend on its HTTP server.
 *
 * <p>In reading order: {@code ClientApi} answers requests, {@code ClientRequest} is a request, {@code AccessTokens}
 * checks access tokens, and an {@code Adapter} is a running server. Each module beside this one has one adapter.
 */
@NullMarked
package io.github.matrixsync.examples.adapters;

import org.jspecify.annotations.NullMarked;
