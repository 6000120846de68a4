package io.github.matrixsync.internal.cache;

/**
 * How many bytes are kept of what was read or encoded, at the most; zero: none are.
 *
 * @param events of single events, as the store has them
 * @param encoded of encoded single events
 * @param rooms of rooms' states and newest messages, encoded
 * @param memberships of who was in which rooms
 */
public record CacheBytes(long events, long encoded, long rooms, long memberships) {}
