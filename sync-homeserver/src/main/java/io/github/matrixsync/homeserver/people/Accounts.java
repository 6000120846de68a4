package io.github.matrixsync.homeserver.people;

import io.github.matrixsync.event.UserId;
import io.github.matrixsync.homeserver.body.ApiError;
import io.github.matrixsync.homeserver.body.Ids;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * Accounts and their passwords. Thread-safe.
 *
 * @since 0.1.0
 */
public final class Accounts {
  private static final Pattern GHOST = Pattern.compile("[^:\\s\\p{Cntrl}]+");
  private static final Pattern NUMBER = Pattern.compile("[0-9]+");
  private static final int LONGEST_ID = 255;
  private static final int ROUNDS = 10_000;
  private static final int SALT_BYTES = 16;
  private static final int HASH_BITS = 256;

  /** Whether a user may log in with a password. */
  private interface Password {
    /** That of users who have none. */
    Password NONE = password -> false;

    boolean is(String password);
  }

  private static final class HashedPassword implements Password {
    private final byte[] salt;
    private final byte[] hash;

    HashedPassword(String password, byte[] salt) {
      this.salt = salt;
      hash = hash(password, salt);
    }

    @Override
    public boolean is(String password) {
      return MessageDigest.isEqual(hash, hash(password, salt));
    }

    private static byte[] hash(String password, byte[] salt) {
      try {
        return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
            .generateSecret(new PBEKeySpec(password.toCharArray(), salt, ROUNDS, HASH_BITS))
            .getEncoded();
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException("every JDK has PBKDF2", e);
      }
    }
  }

  private final String serverName;
  private final Random random;
  private final Map<UserId, Password> passwords = new ConcurrentHashMap<>();
  private final Set<UserId> guests = ConcurrentHashMap.newKeySet();
  private final Set<UserId> deactivated = ConcurrentHashMap.newKeySet();
  private final AtomicLong lastGuest = new AtomicLong();

  /**
   * Creates the object without any account.
   *
   * @param random the source of salts
   */
  public Accounts(String serverName, Random random) {
    this.serverName = serverName;
    this.random = random;
  }

  /** Creates an account. */
  public void register(UserId user, String password) {
    byte[] salt = new byte[SALT_BYTES];
    random.nextBytes(salt);
    add(user, new HashedPassword(password, salt));
  }

  /** Creates an account of a test, whose password is no secret and is not hashed, which would take longer. */
  public void registerForTest(UserId user, String password) {
    add(user, password::equals);
  }

  private void add(UserId user, Password password) {
    if (passwords.putIfAbsent(user, password) != null) {
      throw ApiError.of(400, "M_USER_IN_USE", "User ID already taken.");
    }
  }

  /** Creates an account without a password, for an application service to act as. */
  public void registerGhost(UserId user) {
    add(user, Password.NONE);
  }

  /** Creates a guest without an account. */
  public UserId registerGuest() {
    UserId guest = user(String.valueOf(lastGuest.incrementAndGet()));
    guests.add(guest);
    return guest;
  }

  public void requirePassword(UserId user, String password) {
    Password known = passwords.get(user);
    if (known == null || deactivated.contains(user) || !known.is(password)) {
      throw ApiError.forbidden("Invalid username or password");
    }
  }

  /** Ends an account; its name stays taken. */
  public void deactivate(UserId user) {
    deactivated.add(user);
  }

  public boolean isGuest(UserId user) {
    return guests.contains(user);
  }

  public boolean exists(UserId user) {
    return passwords.containsKey(user) || guests.contains(user);
  }

  /** Returns the user with an id, if there is such an account and it is active. */
  public Optional<UserId> find(String id) {
    try {
      return Optional.of(UserId.parse(id))
          .filter(user -> passwords.containsKey(user) && !deactivated.contains(user));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** Returns the user with a localpart, or with a whole id of this server. */
  public UserId user(String name) {
    try {
      UserId user = UserId.parse(name.startsWith("@") ? name : "@" + name + ":" + serverName);
      if (Ids.server(user).equals(serverName)) {
        return user;
      }
    } catch (IllegalArgumentException e) {
      throw invalid("not a user id");
    }
    throw invalid("not a user of this server");
  }

  /** Returns the user id with a localpart, if a person may have it. Names that differ only in case are the same. */
  public UserId newUser(String localpart) {
    UserId user = newGhost(folded(localpart));
    try {
      return UserId.parseStrict(user.value());
    } catch (IllegalArgumentException e) {
      throw invalid("a user id has letters, digits and ._=/+- only");
    }
  }

  /**
   * Returns the user id with a localpart, if an application service may create it. Names of other networks have
   * brackets, bars and letters of any script.
   */
  public UserId newGhost(String localpart) {
    if (!GHOST.matcher(localpart).matches()) {
      throw invalid("a user id has neither blanks nor ':' in its name");
    }
    if (NUMBER.matcher(localpart).matches()) {
      throw invalid("numbers are for guests");
    }
    String id = "@" + localpart + ":" + serverName;
    if (id.getBytes(StandardCharsets.UTF_8).length > LONGEST_ID) {
      throw invalid("a user id has at most " + LONGEST_ID + " bytes");
    }
    return Ids.id(id, UserId::parse);
  }

  /** Returns the user with a name at login: as it is written, if there is such a user, else in lower case. */
  public UserId named(String name) {
    UserId user = user(name);
    return exists(user) ? user : user(folded(name));
  }

  private static String folded(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  private static ApiError invalid(String message) {
    return ApiError.of(400, "M_INVALID_USERNAME", message);
  }
}
