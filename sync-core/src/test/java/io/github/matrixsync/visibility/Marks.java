package io.github.matrixsync.visibility;

import io.github.matrixsync.domain.event.ClientEvent;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Describes events in answers as text: which event, and which parts of it are shown, also those of events inside it.
 */
final class Marks {
  private static final String BECAUSE =
      "\"redacted_because\":{\"type\":\"m.room.redaction\",\"event_id\":\"$";

  private Marks() {}

  /** Returns the number of the event, the marks in it, and the number of the event that redacted it. */
  static String of(ClientEvent event) {
    String json = event.json().toString();
    Set<String> marks = new TreeSet<>();
    addAll(json, "beside-", marks);
    addAll(json, "within-", marks);
    StringBuilder line = new StringBuilder()
        .append(EventWriter.number(event.id().orElseThrow()))
        .append(' ')
        .append(marks);
    for (int at = json.indexOf(BECAUSE); at >= 0; at = json.indexOf(BECAUSE, at + 1)) {
      line.append(" redacted by ").append(digits(json, at + BECAUSE.length()));
    }
    return line.toString();
  }

  private static void addAll(String json, String mark, Set<String> marks) {
    for (int at = json.indexOf(mark); at >= 0; at = json.indexOf(mark, at + 1)) {
      marks.add(mark + digits(json, at + mark.length()));
    }
  }

  private static String digits(String json, int from) {
    int end = from;
    while (Character.isDigit(json.charAt(end))) {
      end++;
    }
    return json.substring(from, end);
  }

  static List<String> of(List<ClientEvent> events) {
    return events.stream().map(Marks::of).toList();
  }
}
