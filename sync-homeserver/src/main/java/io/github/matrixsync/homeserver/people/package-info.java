/**
 * Users: their accounts, profiles and presence.
 *
 * <p>In reading order:
 *
 * <ul>
 *   <li>{@code Accounts}: accounts and passwords
 *   <li>{@code Sessions}: devices and access tokens
 *   <li>{@code Stages}: asks for the password once more
 *   <li>{@code Guests}: what users without an account may request
 *   <li>{@code Presences}: presence, also from polls
 *   <li>{@code Profiles}: display names and avatars
 * </ul>
 */
@NullMarked
package io.github.matrixsync.homeserver.people;

import org.jspecify.annotations.NullMarked;
