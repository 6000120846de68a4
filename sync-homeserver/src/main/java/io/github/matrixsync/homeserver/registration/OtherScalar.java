package io.github.matrixsync.homeserver.registration;

/**
 * A scalar of a registration file that is no string, boolean or null, without its value, which may be secret.
 *
 * @param kind what it is: {@code a number}
 * @since 0.1.0
 */
public record OtherScalar(String kind) {}
