package io.github.matrixsync.visibility;

import io.github.matrixsync.domain.ClientEvent;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a client can learn from an answer: which events it shows, and of each which parts, its own and those of other events that are shown within it. */
final class Marks {
  private static final Pattern MARK = Pattern.compile("(?:beside|within)-\\d+");
  private static final Pattern BECAUSE =
      Pattern.compile("\"redacted_because\":\\{\"type\":\"[^\"]*\",\"event_id\":\"\\$(\\d+):h\"");

  private Marks() {}

  /** Returns the number of the event, then the marks in it, then by which event it is redacted. */
  static String of(ClientEvent event) {
    String json = event.json().toString();
    TreeSet<String> marks = new TreeSet<>();
    MARK.matcher(json).results().map(MatchResult::group).forEach(marks::add);
    String line = Scribe.number(event.id().orElseThrow()) + " " + marks;
    Matcher because = BECAUSE.matcher(json);
    while (because.find()) {
      line += " redacted by " + because.group(1);
    }
    return line;
  }

  static List<String> of(List<ClientEvent> events) {
    return events.stream().map(Marks::of).toList();
  }
}
