package io.github.matrixsync.law.sync;

import io.github.matrixsync.sync.DeviceLists;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/** Changes the answers of an engine before a client gets them, as engines with known faults would give them. */
interface Twin {
  /** Changes nothing. */
  Twin NONE = (answer, loop, since, log) -> answer;

  /** Returns the answer that the client gets. */
  SyncAnswer change(SyncAnswer answer, SyncLoop loop, long since, SyncLog log);

  /** A fault that can be planted. */
  enum Fault {
    /** A timeline that is not limited is taken for all that changed. */
    STATE_FROM_TIMELINE {
      @Override
      Twin twin() {
        return inRooms((room, told, since, log) ->
            told.limited() || since == 0 ? told : withoutState(told, event -> true));
      }
    },
    /** Entries that changed without an event of their own are forgotten. */
    STATE_FROM_EVENTS {
      @Override
      Twin twin() {
        return inRooms((room, told, since, log) -> since == 0 || told.limited()
            ? told
            : withoutState(told, event -> log.get(event.id()).position() <= since));
      }
    },
    /** A room that was left shows what happened after. */
    EVENTS_AFTER_DEPARTURE {
      @Override
      Twin twin() {
        return (answer, loop, since, log) -> inRooms(
                (room, told, after, all) -> told.section() == Section.LEAVE
                    ? withLater(told, room, SyncAnswer.position(answer.next()), all)
                    : told)
            .change(answer, loop, since, log);
      }
    },
    /** A rejoined room that fits into its timeline is not limited. */
    REJOIN_NOT_LIMITED {
      @Override
      Twin twin() {
        return (answer, loop, since, log) -> inRooms((room, told, after, all) ->
                told.timeline().size() < loop.client.wish().limit()
                    ? told.with(told.state(), told.timeline(), false)
                    : told)
            .change(answer, loop, since, log);
      }
    },
    /** Members are known to a device from the time when an answer was made, whether it arrived or not. */
    MEMBERS_KNOWN_BY_TIME {
      @Override
      Twin twin() {
        Map<String, Set<String>> known = new HashMap<>();
        return (answer, loop, since, log) -> {
          Set<String> sent = known.computeIfAbsent(loop.user + loop.device, key -> new HashSet<>());
          boolean isLazy = loop.client.wish().lazy();
          return inRooms((room, told, after, all) -> isLazy && after > 0
                  ? withoutState(told, event -> isMember(event) && !sent.add(event.id()))
                  : told)
              .change(answer, loop, since, log);
        };
      }
    },
    /** A lazily loading client gets the senders' member events alone, in gaps too. */
    MEMBERS_OF_SENDERS_ONLY {
      @Override
      Twin twin() {
        return (answer, loop, since, log) -> inRooms((room, told, after, all) ->
                loop.client.wish().lazy()
                    ? withoutState(told, event -> isMember(event) && !hasSender(told, event))
                    : told)
            .change(answer, loop, since, log);
      }
    },
    /** Late events of low depth are taken for old ones. */
    LATE_EVENTS_LOST {
      @Override
      Twin twin() {
        return inRooms((room, told, since, log) -> {
          List<SyncAnswer.Event> left = new ArrayList<>();
          long depth = 0;
          for (SyncAnswer.Event event : told.timeline()) {
            if (log.get(event.id()).depth() >= depth) {
              left.add(event);
              depth = log.get(event.id()).depth();
            }
          }
          return told.with(told.state(), left, told.limited());
        });
      }
    },
    /** Account data counts as told when an answer was made, whether it arrived or not. */
    ACCOUNT_DATA_TOLD_BY_TIME {
      @Override
      Twin twin() {
        Set<String> told = new HashSet<>();
        return (answer, loop, since, log) -> {
          List<SyncAnswer.Event> left = new ArrayList<>(answer.other("account data"));
          left.removeIf(event -> !told.add(loop.user + event.json()) && since > 0);
          return answer.withOther("account data", left);
        };
      }
    },
    /** The token before the first timeline after a join lies before events that were left out. */
    HISTORY_TOKEN_TOO_LOW {
      @Override
      Twin twin() {
        return inRooms((room, told, since, log) -> withHistoryToken(told, "t1-1"));
      }
    },
    /** The token before the first timeline after a join lies after the timeline. */
    HISTORY_TOKEN_AT_THE_END {
      @Override
      Twin twin() {
        return inRooms((room, told, since, log) -> withHistoryToken(told, "t9999-9999"));
      }
    },
    /** To-device messages are removed when they are sent, whether or not the answer arrived. */
    MESSAGES_REMOVED_WHEN_SENT {
      @Override
      Twin twin() {
        Set<String> sent = new HashSet<>();
        return (answer, loop, since, log) -> loop.device.isEmpty()
            ? answer
            : answer.withOther(
                SyncAnswer.TO_DEVICE,
                answer.other(SyncAnswer.TO_DEVICE).stream()
                    .filter(event -> sent.add(loop.user + loop.device + event.json()))
                    .toList());
      }
    },
    /** Answers never list the users who left. */
    DEVICES_LEFT_FORGOTTEN {
      @Override
      Twin twin() {
        return (answer, loop, since, log) -> answer.devices() == null
            ? answer
            : new SyncAnswer(
                answer.next(),
                answer.rooms(),
                answer.other(),
                new DeviceLists(answer.devices().changed(), Set.of()));
      }
    },
    /** Answers do not list users who now share a room. */
    DEVICES_BY_CHANGES_ONLY {
      @Override
      Twin twin() {
        return (answer, loop, since, log) -> answer.devices() == null
            ? answer
            : new SyncAnswer(
                answer.next(),
                answer.rooms(),
                answer.other(),
                SyncAnswer.parts(answer.next())[SyncAnswer.DEVICES] > 0
                    ? answer.devices()
                    : DeviceLists.NONE);
      }
    },
    /** Unread counts are sent only together with events. */
    COUNTS_WITH_EVENTS_ONLY {
      @Override
      Twin twin() {
        return inRooms(
            (room, told, since, log) -> told.timeline().isEmpty() ? told.withUnread(null) : told);
      }
    },
    /** The end of an invitation is not told if the room has nothing else. */
    REJECTION_FORGOTTEN {
      @Override
      Twin twin() {
        return (answer, loop, since, log) -> {
          Map<String, SyncAnswer.Room> rooms = new TreeMap<>(answer.rooms());
          rooms
              .values()
              .removeIf(
                  told -> told.section() == Section.LEAVE && told.timeline().size() < 2);
          return answer.withRooms(rooms);
        };
      }
    };

    abstract Twin twin();
  }

  /** Changes one room of an answer. */
  interface OfRoom {
    SyncAnswer.Room change(String room, SyncAnswer.Room told, long since, SyncLog log);
  }

  static Twin inRooms(OfRoom change) {
    return (answer, loop, since, log) -> {
      Map<String, SyncAnswer.Room> rooms = new TreeMap<>(answer.rooms());
      rooms.replaceAll(
          (room, told) -> told.section() == Section.JOIN || told.section() == Section.LEAVE
              ? change.change(room, told, since, log)
              : told);
      return answer.withRooms(rooms);
    };
  }

  private static SyncAnswer.Room withoutState(
      SyncAnswer.Room told, Predicate<SyncAnswer.Event> lost) {
    List<SyncAnswer.Event> left = told.state().stream().filter(lost.negate()).toList();
    return told.with(left, told.timeline(), told.limited());
  }

  private static SyncAnswer.Room withHistoryToken(SyncAnswer.Room told, String point) {
    String previous = told.previous();
    return previous == null
        ? told
        : told.withPrevious(previous.replaceFirst("^t-?\\d+--?\\d+", point));
  }

  private static boolean isMember(SyncAnswer.Event event) {
    return event.type().equals(LoggedEvent.MEMBER);
  }

  private static boolean hasSender(SyncAnswer.Room told, SyncAnswer.Event member) {
    return told.timeline().stream()
        .anyMatch(event -> event.sender().equals(member.stateKey().orElseThrow()));
  }

  /** Adds the first event after those of the timeline, as its last one is shown. */
  private static SyncAnswer.Room withLater(
      SyncAnswer.Room told, String room, long now, SyncLog log) {
    if (told.timeline().isEmpty()) {
      return told;
    }
    SyncAnswer.Event last = told.timeline().get(told.timeline().size() - 1);
    List<SyncAnswer.Event> timeline = new ArrayList<>(told.timeline());
    log.of(room, now).stream()
        .filter(event -> event.position() > log.get(last.id()).position())
        .findFirst()
        .ifPresent(event -> {
          timeline.add(new SyncAnswer.Event(Map.of(
              "event_id",
              event.id(),
              "type",
              "x",
              "sender",
              event.sender(),
              "content",
              Map.of(SyncEvents.NOTE, event.id()))));
        });
    return told.with(told.state(), timeline, told.limited());
  }
}
