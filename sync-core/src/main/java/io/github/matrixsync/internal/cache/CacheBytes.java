package io.github.matrixsync.internal.cache;

/**
 * The maximum bytes of each group of caches; zero disables the group.
 *
 * @param events for single events as read from the store
 * @param encoded for encoded single events
 * @param rooms for encoded room states and newest messages
 * @param memberships for timelines and for the room lists of users
 */
public record CacheBytes(long events, long encoded, long rooms, long memberships) {}
