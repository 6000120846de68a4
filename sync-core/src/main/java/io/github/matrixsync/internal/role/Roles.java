package io.github.matrixsync.internal.role;

import io.github.matrixsync.domain.StreamToken;
import io.github.matrixsync.operation.SideStream;
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
public final class Roles {
  private final HostRoles host;
  private final PresenceStore presence;
  private final TypingStore typing;
  private final ReceiptStore receipts;
  private final AccountDataStore accountData;
  private final Set<SideStream> on = EnumSet.noneOf(SideStream.class);
  private final int parts;

  public Roles(HostRoles host) {
    this.host = host;
    presence = choose(SideStream.PRESENCE, host.presence(), new Absent.Presence());
    typing = choose(SideStream.TYPING, host.typing(), new Absent.Typing());
    receipts = choose(SideStream.RECEIPTS, host.receipts(), new Absent.Receipts());
    accountData = choose(SideStream.ACCOUNT_DATA, host.accountData(), new Absent.AccountData());
    parts = host.accountData() != null ? 5 : host.receipts() != null ? 4 : 3;
  }

  public EventStore events() {
    return host.events();
  }

  public RoomDirectory directory() {
    RoomDirectory given = host.directory();
    return given == null ? Absent.DIRECTORY : given;
  }

  /** Returns whether there is a room directory, and so any reason to ask it. */
  public boolean hasDirectory() {
    return host.directory() != null;
  }

  public UserSettings settings() {
    UserSettings given = host.settings();
    return given == null ? Absent.SETTINGS : given;
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
  public boolean has(SideStream stream) {
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
    for (SideStream stream : host.off()) {
      if (token.part(stream.part()) > 0) {
        heard = heard.withPart(stream.part(), 0);
      }
    }
    return heard;
  }

  private <R> R choose(SideStream stream, @Nullable R given, R absent) {
    if (given == null || host.off().contains(stream)) {
      return absent;
    }
    on.add(stream);
    return given;
  }
}
