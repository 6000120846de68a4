package io.github.matrixsync.examples.homeserver.registration;

import io.github.matrixsync.homeserver.registration.Registration;
import io.github.matrixsync.homeserver.registration.RegistrationKeys;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;

/**
 * Reads a registration file: YAML 1.1, as the tools of bridges and homeservers write and read it. Other keys are
 * ignored.
 */
public final class RegistrationFile {
  private RegistrationFile() {}

  /**
   * Reads one file.
   *
   * @throws IllegalArgumentException if it cannot be read, lacks something, or has something that is not of the right
   *     kind; the message names the file and the key, and quotes no token
   */
  public static Registration read(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      if (PythonYaml.read(in) instanceof Map<?, ?> root) {
        return RegistrationKeys.of(root);
      }
      throw new IllegalArgumentException("it must be a YAML mapping");
    } catch (NoSuchFileException e) {
      throw bad(file, "there is no such file", e);
    } catch (IOException e) {
      throw bad(file, "it cannot be read: " + e, e);
    } catch (IllegalArgumentException e) {
      throw bad(file, String.valueOf(e.getMessage()), e);
    }
  }

  private static IllegalArgumentException bad(Path file, String why, Exception cause) {
    return new IllegalArgumentException("cannot use " + file + ": " + why, cause);
  }
}
