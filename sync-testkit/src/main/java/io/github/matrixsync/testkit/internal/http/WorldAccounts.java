package io.github.matrixsync.testkit.internal.http;

import io.github.matrixsync.event.UserId;
import io.github.matrixsync.homeserver.people.Accounts;
import io.github.matrixsync.homeserver.people.Sessions;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The accounts of the users of a test. Thread-safe. */
final class WorldAccounts {
  private final Accounts accounts;
  private final Sessions sessions;
  private final Map<UserId, String> tokens = new HashMap<>(); // guarded by this

  WorldAccounts(Accounts accounts, Sessions sessions) {
    this.accounts = accounts;
    this.sessions = sessions;
  }

  /** Creates the account of a user, unless there is one. Returns the password. */
  synchronized String ensure(UserId user) {
    String password = "password of " + user.value();
    if (!accounts.exists(user)) {
      accounts.registerForTest(user, password);
    }
    return password;
  }

  /** Returns an access token of a user, the same until it ends by a logout. */
  synchronized String token(UserId user) {
    String unused = ensure(user);
    String known = tokens.get(user);
    if (known != null && sessions.of(known).isPresent()) {
      return known;
    }
    String opened = sessions.open(user, Optional.empty(), Optional.of("test"));
    tokens.put(user, opened);
    return opened;
  }
}
