package io.github.matrixsync.homeserver.media;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.math.BigInteger;
import java.util.Optional;
import java.util.Random;

/**
 * Uploaded files, in memory. When they are more than fit, those not asked for lately are gone. Thread-safe.
 *
 * @since 0.1.0
 */
public final class MediaStore {
  static final long MOST_BYTES = 64L << 20;
  private static final int FIXED_BYTES = 1_000;
  private static final int ID_BITS = 128;

  /** A file. The bytes are never changed. */
  static final class File {
    private final byte[] bytes;
    private final String type;
    private final Optional<String> name;

    File(byte[] bytes, String type, Optional<String> name) {
      this.bytes = bytes.clone();
      this.type = type;
      this.name = name;
    }

    byte[] bytes() {
      return bytes.clone();
    }

    String type() {
      return type;
    }

    Optional<String> name() {
      return name;
    }

    private int weight() {
      return FIXED_BYTES + bytes.length + 2 * (type.length() + name.orElse("").length());
    }
  }

  private final Random random;
  private final Cache<String, File> files = Caffeine.newBuilder()
      .maximumWeight(MOST_BYTES)
      .weigher((String id, File file) -> file.weight())
      .executor(Runnable::run)
      .build();

  /**
   * Creates a store without files.
   *
   * @param random the source of their ids
   */
  public MediaStore(Random random) {
    this.random = random;
  }

  /** Keeps a file and returns its id. */
  String put(File file) {
    String id = new BigInteger(ID_BITS, random).toString(36);
    files.put(id, file);
    return id;
  }

  Optional<File> get(String id) {
    return Optional.ofNullable(files.getIfPresent(id));
  }
}
