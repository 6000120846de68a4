package io.github.matrixsync.store.postgres.torture;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Compares what one reader got with the archive: all that was due, each once, in order, and nothing else. Confined to
 * one thread.
 */
final class ReaderCheck {
  private final List<Archive.Entry> log;
  private final @Nullable String user;
  private final Set<String> joined = new HashSet<>();
  private final Map<Long, String> got = new HashMap<>();
  private final List<Long> ages = new ArrayList<>();
  private int next;
  private long at;
  private long events;
  private long lost;
  private long wrong;
  private long expired;

  private ReaderCheck(Archive archive, @Nullable String user) {
    log = archive.entries();
    this.user = user;
  }

  /** Checks what a reader got. */
  static ReaderCheck of(Archive archive, Reader reader) throws IOException {
    ReaderCheck check =
        new ReaderCheck(archive, reader.interest().equals("*") ? null : reader.interest());
    try (BufferedReader in = Files.newBufferedReader(reader.file())) {
      String line = in.readLine();
      while (line != null) {
        check.line(line.split(" "));
        line = in.readLine();
      }
    }
    check.line(new String[] {"page", Long.toString(Long.MAX_VALUE), "0"});
    return check;
  }

  /** Returns how many events it got. */
  long events() {
    return events;
  }

  /** Returns how many events were due that it did not get. */
  long lost() {
    return lost;
  }

  /** Returns how many events it got twice, out of order, changed, or without that they exist. */
  long wrong() {
    return wrong;
  }

  /** Returns how often a purge overtook it. */
  long expired() {
    return expired;
  }

  /** Returns how old an event was when the reader got it, in milliseconds; 99 % of them were younger. */
  long age() {
    long[] sorted = ages.stream().mapToLong(Long::longValue).sorted().toArray();
    return sorted.length == 0 ? 0 : sorted[sorted.length * 99 / 100];
  }

  private void line(String[] words) {
    long through = Long.parseLong(words[1]);
    long time = Long.parseLong(words[2]);
    boolean isPage = words[0].equals("page");
    expired += isPage ? 0 : 1;
    readPage(words);
    while (next < log.size() && log.get(next).position() <= through) {
      Archive.Entry entry = log.get(next);
      boolean isDue = isDue(entry);
      String hash = got.remove(entry.position());
      if (hash == null) {
        lost += isPage && isDue ? 1 : 0;
      } else if (!hash.equals(Integer.toHexString(entry.hash()))) {
        wrong++;
      } else {
        ages.add(time - entry.at());
      }
      next++;
    }
    wrong += got.size();
    got.clear();
    at = through;
  }

  private void readPage(String[] words) {
    long last = at;
    for (int i = 3; i < words.length; i++) {
      String[] event = words[i].split(":");
      long position = Long.parseLong(event[0]);
      wrong += position <= last ? 1 : 0;
      last = position;
      got.put(position, event[1]);
      events++;
    }
  }

  /** Returns whether an event is due to the reader, and takes note of memberships. */
  private boolean isDue(Archive.Entry entry) {
    if (user == null) {
      return true;
    }
    boolean isAboutUser = user.equals(entry.subject());
    boolean wasJoined = joined.contains(entry.room());
    if (isAboutUser && entry.isJoin()) {
      joined.add(entry.room());
    } else if (isAboutUser) {
      joined.remove(entry.room());
    }
    return isAboutUser || !entry.isOutlier() && (wasJoined || user.equals(entry.sender()));
  }
}
