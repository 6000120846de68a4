package io.github.matrixsync.internal.stores;

import io.github.matrixsync.domain.token.StreamToken;
import io.github.matrixsync.operation.EphemeralStream;
import io.github.matrixsync.store.EventStore;
import io.github.matrixsync.store.RoomDirectory;
import io.github.matrixsync.store.UserSettings;
import io.github.matrixsync.store.ephemeral.AccountDataStore;
import io.github.matrixsync.store.ephemeral.PresenceStore;
import io.github.matrixsync.store.ephemeral.ReceiptStore;
import io.github.matrixsync.store.ephemeral.TypingStore;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The roles as an engine reads them: the host's, or empty ones in the place of those that it did not give or switched
 * off; and what follows from that for tokens. Immutable.
 */
public final class Stores {
  private final HostStores host;
  private final PresenceStore presence;
  private final TypingStore typing;
  private final ReceiptStore receipts;
  private final AccountDataStore accountData;
  private final Set<EphemeralStream> on = EnumSet.noneOf(EphemeralStream.class);
  private final int parts;

  public Stores(HostStores host) {
    this.host = host;
    presence = choose(EphemeralStream.PRESENCE, host.presence(), new EmptyStores.Presence());
    typing = choose(EphemeralStream.TYPING, host.typing(), new EmptyStores.Typing());
    receipts = choose(EphemeralStream.RECEIPTS, host.receipts(), new EmptyStores.Receipts());
    accountData =
        choose(EphemeralStream.ACCOUNT_DATA, host.accountData(), new EmptyStores.AccountData());
    parts = host.accountData() != null ? 5 : host.receipts() != null ? 4 : 3;
  }

  public EventStore events() {
    return host.events();
  }

  public RoomDirectory directory() {
    RoomDirectory given = host.directory();
    return given == null ? EmptyStores.DIRECTORY : given;
  }

  /** Returns whether there is a room directory, and so any reason to ask it. */
  public boolean hasDirectory() {
    return host.directory() != null;
  }

  public UserSettings settings() {
    UserSettings given = host.settings();
    return given == null ? EmptyStores.SETTINGS : given;
  }

  /** Returns whether users can set anything for themselves. */
  public boolean hasSettings() {
    return host.settings() != null;
  }

  public PresenceStore presence() {
    return presence;
  }

  public TypingStore typing() {
    return typing;
  }

  public ReceiptStore receipts() {
    return receipts;
  }

  public AccountDataStore accountData() {
    return accountData;
  }

  /** Returns whether the engine was given a stream and it is not switched off. */
  public boolean has(EphemeralStream stream) {
    return on.contains(stream);
  }

  /**
   * Returns the number of parts that tokens have: a part goes with its stream, switched off or not, and those before it
   * are there too.
   */
  public int parts() {
    return parts;
  }

  /** Returns a token as it reads to this engine: with 0 for what is switched off. */
  public StreamToken heard(StreamToken token) {
    StreamToken heard = token;
    for (EphemeralStream stream : host.off()) {
      if (token.part(stream.part()) > 0) {
        heard = heard.withPart(stream.part(), 0);
      }
    }
    return heard;
  }

  private <R> R choose(EphemeralStream stream, @Nullable R given, R absent) {
    if (given == null || host.off().contains(stream)) {
      return absent;
    }
    on.add(stream);
    return given;
  }
}
