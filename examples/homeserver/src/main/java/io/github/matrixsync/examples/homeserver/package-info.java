/**
 * An example: the least homeserver that clients of the v1 API need, to show the sync core at work. It keeps everything
 * in memory, knows no federation, and checks membership and power levels simply but truly.
 *
 * <p>In reading order: {@code Main}, {@code HomeServer} (wiring), {@code Requests}, {@code Router} and {@code Call}
 * (from a request to an answer), the {@code Endpoints} (what is served), {@code Accounts}, {@code Rooms} with
 * {@code Rules} (the write path), {@code Profiles}, {@code Presences}; {@code Services} with {@code RegistrationFile}
 * (application services that come), {@code Pusher} and {@code Introductions} (going to them).
 */
@NullMarked
package io.github.matrixsync.examples.homeserver;

import org.jspecify.annotations.NullMarked;
