package io.github.matrixsync.testkit.internal.registration;

import io.github.matrixsync.homeserver.registration.OtherScalar;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a value without quotes is in YAML 1.1, as Python's reader has it. Pure. */
final class PlainScalars {
  private static final Set<String> TRUE =
      Set.of("yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON");
  private static final Set<String> FALSE =
      Set.of("no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF");
  private static final Set<String> NULL = Set.of("", "~", "null", "Null", "NULL");

  private static final Pattern NUMBER = Pattern.compile("[-+]?0b[01_]+"
      + "|[-+]?0[0-7_]*|[-+]?[1-9][0-9_]*|[-+]?0x[0-9a-fA-F_]+"
      + "|[-+]?[1-9][0-9_]*(:[0-5]?[0-9])+"
      + "|[-+]?[0-9][0-9_]*\\.[0-9_]*([eE][-+][0-9]+)?"
      + "|\\.[0-9][0-9_]*([eE][-+][0-9]+)?"
      + "|[-+]?[0-9][0-9_]*(:[0-5]?[0-9])+\\.[0-9_]*"
      + "|[-+]?\\.(inf|Inf|INF)|\\.(nan|NaN|NAN)");

  private static final Pattern DATE = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}"
      + "|[0-9]{4}-[0-9][0-9]?-[0-9][0-9]?([Tt]|[ \\t]+)[0-9][0-9]?:[0-9]{2}:[0-9]{2}"
      + "(\\.[0-9]*)?([ \\t]*(Z|[-+][0-9][0-9]?(:[0-9]{2})?))?");

  private PlainScalars() {}

  /** Returns a string, a boolean, null, or an {@link OtherScalar}. */
  static @Nullable Object of(String text) {
    if (NULL.contains(text)) {
      return null;
    } else if (TRUE.contains(text)) {
      return true;
    } else if (FALSE.contains(text)) {
      return false;
    } else if (NUMBER.matcher(text).matches()) {
      return new OtherScalar("a number");
    } else if (DATE.matcher(text).matches()) {
      return new OtherScalar("a date");
    }
    return text;
  }
}
