package io.github.matrixsync.testkit.internal.server;

import io.github.matrixsync.domain.event.ClientEvent;
import java.time.Instant;

/**
 * What a user saw. Immutable.
 *
 * @param number its place among all that was seen in the world, from 1 on
 * @param at the world's time when it was seen
 * @param event the event, or presence, typing, a receipt or account data
 */
public record Sighting(long number, Instant at, ClientEvent event) {}
