/**
 * Registration files of application services.
 *
 * <p>In reading order:
 *
 * <ul>
 *   <li>{@code RegistrationFile}: reads and writes such a file
 *   <li>{@code YamlReader}: reads the part of YAML that such files use, {@code YamlLine}: one line of it
 *   <li>{@code YamlNode}: what was read, {@code YamlException}: what could not be
 *   <li>{@code PlainScalars}: what an unquoted value is
 * </ul>
 */
@NullMarked
package io.github.matrixsync.testkit.internal.registration;

import org.jspecify.annotations.NullMarked;
