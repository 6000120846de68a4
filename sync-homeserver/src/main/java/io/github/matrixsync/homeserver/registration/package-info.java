/**
 * Registration files of application services.
 *
 * <p>In reading order:
 *
 * <ul>
 *   <li>{@code Registration}: the content of a file
 *   <li>{@code RegistrationKeys}: checks a file that was parsed, {@code OtherScalar}: a value of it that no key takes,
 *       {@code InvalidRegistrationException}: what is wrong with one
 *   <li>{@code Service}: a registered application service
 * </ul>
 */
@NullMarked
package io.github.matrixsync.homeserver.registration;

import org.jspecify.annotations.NullMarked;
