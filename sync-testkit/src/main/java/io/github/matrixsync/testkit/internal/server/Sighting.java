package io.github.matrixsync.testkit.internal.server;

import io.github.matrixsync.domain.event.ClientEvent;
import java.time.Instant;

/**
 * An entry of a user's stream at the time when the user saw it. Immutable.
 *
 * @param number its number among all sightings of the world, from 1 on
 * @param at the world's time when it was seen
 * @param event the event, or presence, typing, a receipt or account data
 */
public record Sighting(long number, Instant at, ClientEvent event) {}
