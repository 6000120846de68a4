/**
 * Registration files of application services.
 *
 * <p>In reading order:
 *
 * <ul>
 *   <li>{@code RegistrationFile}: reads such a file
 *   <li>{@code PythonYaml}: YAML as the servers of that time read it
 * </ul>
 */
@NullMarked
package io.github.matrixsync.examples.homeserver.registration;

import org.jspecify.annotations.NullMarked;
