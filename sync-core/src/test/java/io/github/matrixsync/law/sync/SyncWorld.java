package io.github.matrixsync.law.sync;

import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.law.sync.LoggedEvent.Entry;
import io.github.matrixsync.store.memory.MemoryEventStore;
import io.github.matrixsync.store.memory.MemoryUserSettings;
import io.github.matrixsync.store.model.Append;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * A random host: it appends events to a store and to a log, most of them as a host would allow, some of any kind.
 * Confined to one thread.
 */
final class SyncWorld {
  static final List<String> USERS =
      List.of("@u0:h", "@u1:h", "@u2:h", "@u3:h", "@u4:h", "@u5:h", "@u6:h");
  static final List<String> ROOMS = List.of("!r0:h", "!r1:h", "!r2:h");
  private static final List<String> VISIBILITIES =
      List.of("world_readable", "shared", "invited", "joined");

  /** Types of events that are not redacted: whether a room has a name would change without a change of state. */
  private static final List<String> NAMES = List.of("m.room.name", "m.room.canonical_alias");

  private static final List<String> MEMBERSHIPS =
      List.of("join", "leave", "invite", "ban", "knock");

  final MemoryEventStore store = MemoryEventStore.create();
  final MemoryUserSettings settings = MemoryUserSettings.create();
  final SyncLog log = new SyncLog();
  final SideHost side;
  final SyncHost host;
  private final Map<String, Long> depths = new HashMap<>();
  private final List<LoggedEvent> batch = new ArrayList<>();
  private int count;
  private int farRooms;
  private int backfilled;

  SyncWorld(SyncHost host) {
    this.host = host;
    side = new SideHost(host.firstChange());
    host.ignored().forEach((user, users) -> {
      log.ignored.put(user, users);
      settings.setIgnored(
          UserId.parse(user), Set.copyOf(users.stream().map(UserId::parse).toList()));
    });
  }

  /** Makes one random change, which is one event or a batch of some. */
  void write(Random random) {
    int size = random.nextInt(5) == 0 ? 2 + random.nextInt(3) : 1;
    for (int i = 0; i < size; i++) {
      draft(random);
      if (host.hasGaps() && random.nextInt(8) == 0 && !batch.isEmpty()) {
        log.gaps.add(batch.get(batch.size() - 1).id());
      }
    }
    commit();
  }

  /** Makes one random change that is not an event of the present, and returns it in words. */
  String change(Random random) {
    int die = random.nextInt(4);
    if (die == 0 && host.purges()) {
      log.purged = Math.max(log.purged, store.watermark() - random.nextInt(12));
      store.purge(log.purged);
      return "purge through " + log.purged;
    }
    if (die == 1 && host.backfills()) {
      return backfill(random).toString();
    }
    if (die > 1 && host.forgets()) {
      String user = pick(USERS, random);
      String room = pick(ROOMS, random);
      boolean forgets = random.nextBoolean();
      forget(user, room, forgets);
      return user + (forgets ? " forgets " : " does not forget ") + room;
    }
    return "nothing";
  }

  private void forget(String user, String room, boolean forgets) {
    Set<String> forgotten = log.forgotten.computeIfAbsent(user, key -> new HashSet<>());
    if (forgets) {
      forgotten.add(room);
      settings.forget(UserId.parse(user), RoomId.parse(room));
    } else {
      forgotten.remove(room);
      settings.unforget(UserId.parse(user), RoomId.parse(room));
    }
  }

  private LoggedEvent backfill(Random random) {
    String room = pick(ROOMS, random);
    String visibility = random.nextInt(4) == 0 ? null : pick(VISIBILITIES, random);
    LoggedEvent event = new LoggedEvent(
        LoggedEvent.How.BACKFILL,
        --backfilled,
        random.nextInt(3),
        id(),
        room,
        pick(USERS, random),
        "m.room.message",
        null,
        "",
        null,
        List.of(),
        visibility);
    append(List.of(event));
    return event;
  }

  private void commit() {
    if (!batch.isEmpty()) {
      append(batch);
      batch.clear();
    }
  }

  private void append(List<LoggedEvent> events) {
    List<Append> appends =
        events.stream().map(event -> SyncEvents.append(event, log)).toList();
    List<Long> positions = store.append(appends);
    for (int i = 0; i < events.size(); i++) {
      if (positions.get(i) != events.get(i).position()) {
        throw new AssertionError("stored at " + positions + ": " + events);
      }
      if (events.get(i).position() < 0) {
        log.add(events.get(i));
      }
    }
  }

  /** Adds a drafted event to the log, so that the next one is drafted after it. */
  private void add(LoggedEvent event) {
    log.add(event);
    batch.add(event);
  }

  private void draft(Random random) {
    String room = pick(ROOMS, random);
    if (log.state(room, Long.MAX_VALUE).isEmpty()) {
      create(room, pick(USERS, random), random);
      return;
    }
    String actor = pick(USERS, random);
    int die = random.nextInt(100);
    if (die < 8) {
      comeAndGo(room, USERS.get(random.nextInt(3)), random);
    } else if (die < 34) {
      member(room, actor, random);
    } else if (die < 40) {
      state(room, actor, LoggedEvent.VISIBILITY, pick(VISIBILITIES, random), random);
    } else if (die < 45) {
      boolean isName = random.nextBoolean();
      String value = random.nextBoolean() ? "" : isName ? "name" : "#alias:h";
      state(room, actor, isName ? "m.room.name" : "m.room.canonical_alias", value, random);
    } else if (die < 53) {
      String type = random.nextBoolean() ? "m.room.topic" : "x.k" + random.nextInt(2);
      state(room, actor, type, "", random);
    } else if (die < 57 && host.redacts()) {
      redact(room, actor, random);
    } else if (die < 61 && host.hasOutliers()) {
      outlier(random);
    } else {
      speak(room, actor, random);
    }
  }

  private void create(String room, String creator, Random random) {
    state(room, creator, "m.room.create", "", random);
    add(event(room, creator, LoggedEvent.MEMBER, random).state(creator, "join").build());
    state(room, creator, LoggedEvent.VISIBILITY, pick(VISIBILITIES, random), random);
  }

  /** Makes a member event; most often one that a host would allow. */
  private void member(String room, String actor, Random random) {
    boolean isIn = log.membership(actor, room, Long.MAX_VALUE).equals("join");
    String subject = random.nextInt(5) < 2 ? pick(USERS, random) : actor;
    String membership;
    if (random.nextInt(100) < host.chaos()) {
      membership = pick(MEMBERSHIPS, random);
    } else if (subject.equals(actor)) {
      String now = log.membership(actor, room, Long.MAX_VALUE);
      membership = switch (now) {
        case "join" -> random.nextInt(3) == 0 ? "join" : "leave";
        case "invite", "knock" -> random.nextBoolean() ? "join" : "leave";
        case "ban" -> "leave";
        default -> random.nextInt(5) == 0 ? "knock" : "join";
      };
    } else {
      membership = ofOther(log.membership(subject, room, Long.MAX_VALUE), random);
    }
    boolean endsStay = membership.equals("invite")
        && log.membership(subject, room, Long.MAX_VALUE).equals("join");
    String sender = endsStay && isIgnored(actor, subject) ? subject : actor;
    if (isIn || random.nextInt(3) > 0 || subject.equals(actor)) {
      add(resolved(
          event(room, sender, LoggedEvent.MEMBER, random).state(subject, membership), random));
    }
  }

  /** Makes a user leave and come back some times; others change meanwhile, and may invite the user in the end. */
  private void comeAndGo(String room, String user, Random random) {
    int moves = 2 + random.nextInt(4);
    for (int i = 0; i < moves; i++) {
      boolean isIn = log.membership(user, room, Long.MAX_VALUE).equals("join");
      set(room, user, user, isIn ? "leave" : "join", random);
      List<String> others = USERS.stream()
          .filter(other -> log.membership(other, room, Long.MAX_VALUE).equals("join"))
          .toList();
      if (!others.isEmpty() && random.nextBoolean()) {
        String other = pick(others, random);
        boolean invites = i == moves - 1 && isIn && !isIgnored(other, user);
        set(room, other, invites ? user : other, invites ? "invite" : "join", random);
      }
    }
  }

  private void set(String room, String sender, String subject, String membership, Random random) {
    add(event(room, sender, LoggedEvent.MEMBER, random)
        .state(subject, membership)
        .build());
  }

  private static String ofOther(String now, Random random) {
    return switch (now) {
      case "join" -> random.nextInt(3) == 0 ? "ban" : "leave";
      case "invite" -> random.nextBoolean() ? "leave" : "ban";
      case "knock" -> random.nextBoolean() ? "invite" : "leave";
      case "ban" -> "leave";
      default -> random.nextInt(4) == 0 ? "ban" : "invite";
    };
  }

  private boolean isIgnored(String sender, String viewer) {
    return log.ignored.getOrDefault(viewer, Set.of()).contains(sender);
  }

  private void state(String room, String actor, String type, String value, Random random) {
    add(resolved(event(room, actor, type, random).state("", value), random));
  }

  private void speak(String room, String actor, Random random) {
    Draft draft = event(room, actor, "m.room.message", random);
    boolean isLate = host.isLate() && random.nextInt(6) == 0;
    add(resolved(isLate ? draft.deep(1 + random.nextInt((int) draft.depth())) : draft, random));
  }

  private void redact(String room, String actor, Random random) {
    List<LoggedEvent> known = log.of(room, Long.MAX_VALUE).stream()
        .filter(event -> !NAMES.contains(event.type()))
        .toList();
    LoggedEvent target = known.get(Math.max(0, known.size() - 1 - random.nextInt(15)));
    add(event(room, actor, "m.room.redaction", random).redacting(target.id()).build(List.of()));
  }

  /** Makes an invitation from elsewhere into a room without members of this server, or what follows one. */
  private void outlier(Random random) {
    String far = "!far"
        + (farRooms == 0 || random.nextInt(3) == 0 ? ++farRooms : 1 + random.nextInt(farRooms))
        + ":h";
    String subject = pick(USERS, random);
    String now = log.membership(subject, far, Long.MAX_VALUE);
    boolean isHere =
        log.events().stream().anyMatch(event -> event.isLive() && event.room().equals(far));
    String stranger = "@far:elsewhere";
    Draft draft;
    if (now.equals("invite") && random.nextInt(3) == 0 && !isHere) {
      add(event(far, stranger, "m.room.create", random).state("", "").build());
      draft = event(far, subject, LoggedEvent.MEMBER, random).state(subject, "join");
    } else if (isHere) {
      draft = now.equals("join")
          ? event(far, stranger, "m.room.message", random)
          : event(far, stranger, LoggedEvent.MEMBER, random).state(subject, "invite");
    } else if (now.equals("invite")) {
      boolean isOwn = random.nextBoolean();
      draft = event(far, isOwn ? subject : stranger, LoggedEvent.MEMBER, random)
          .state(subject, "leave")
          .outlier();
    } else {
      draft = event(far, stranger, LoggedEvent.MEMBER, random)
          .state(subject, "invite")
          .outlier();
    }
    add(draft.build());
  }

  /** Returns the event as drafted, or with state entries that state resolution changed. */
  private LoggedEvent resolved(Draft draft, Random random) {
    if (!host.resolves() || !batch.isEmpty() || random.nextInt(6) > 0) {
      return draft.build();
    }
    LoggedEvent event = draft.build();
    List<LoggedEvent> state = log.of(event.room(), Long.MAX_VALUE).stream()
        .filter(old -> old.isLive() && old.isState() && !log.isPurged(old))
        .toList();
    if (state.isEmpty() || random.nextInt(3) == 0) {
      return draft.build(List.of());
    }
    LoggedEvent old = pick(state, random);
    String key = String.valueOf(old.key());
    boolean isNow = old.id().equals(log.state(event.room(), Long.MAX_VALUE).get(key));
    boolean bringsIt = key.equals(event.key());
    List<Entry> sets = new ArrayList<>(bringsIt || random.nextBoolean() ? List.of() : event.sets());
    sets.add(new Entry(old.type(), String.valueOf(old.stateKey()), isNow ? null : old.id()));
    return draft.build(sets);
  }

  private Draft event(String room, String sender, String type, Random random) {
    long top = depths.merge(room, 1L, Long::sum);
    boolean isLate = host.resolves() && random.nextInt(8) == 0;
    long depth = isLate ? 1 + random.nextInt((int) top) : top;
    long position = store.watermark() + 1 + batch.size();
    return new Draft(new LoggedEvent(
        LoggedEvent.How.LIVE,
        position,
        depth,
        id(),
        room,
        sender,
        type,
        null,
        "",
        null,
        List.of(),
        null));
  }

  private String id() {
    return "$" + ++count + ":h";
  }

  static <T> T pick(List<T> all, Random random) {
    return all.get(random.nextInt(all.size()));
  }
}
