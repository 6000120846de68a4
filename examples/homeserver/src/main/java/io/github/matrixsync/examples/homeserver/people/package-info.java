/**
 * Users: their accounts, profiles and presence.
 *
 * <p>In reading order:
 *
 * <ul>
 *   <li>{@code Accounts}: who may log in, and whose token is whose
 *   <li>{@code Guests}: what users without an account may ask for
 *   <li>{@code Presences}: who is online
 *   <li>{@code Profiles}: names and pictures
 * </ul>
 */
@NullMarked
package io.github.matrixsync.examples.homeserver.people;

import org.jspecify.annotations.NullMarked;
