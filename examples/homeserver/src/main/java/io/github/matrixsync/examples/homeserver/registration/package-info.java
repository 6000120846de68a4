/**
 * Registrations of application services, as their files say them.
 *
 * <p>In reading order:
 *
 * <ul>
 *   <li>{@code Registration}: what a file says
 *   <li>{@code RegistrationFile}: reads such a file
 *   <li>{@code PythonYaml}: YAML as the servers of that time read it
 *   <li>{@code Service}: a registered application service
 * </ul>
 */
@NullMarked
package io.github.matrixsync.examples.homeserver.registration;

import org.jspecify.annotations.NullMarked;
