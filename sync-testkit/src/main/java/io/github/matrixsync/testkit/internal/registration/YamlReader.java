package io.github.matrixsync.testkit.internal.registration;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the part of YAML that registration files use: mappings and lists by indentation, or in brackets within one
 * line; values in quotes and without, comments. Anchors, tags, blocks of text and values of several lines are refused.
 * Confined to one thread.
 */
final class YamlReader {
  private record Line(int number, int indent, String text) {
    boolean isItem() {
      return text.equals("-") || text.startsWith("- ");
    }

    YamlException wrong(String message) {
      return new YamlException(number, message);
    }
  }

  private final Deque<Line> lines = new ArrayDeque<>();

  private YamlReader(String text) {
    List<String> all = text.lines().toList();
    boolean hasBegun = false;
    boolean hasEnded = false;
    for (int i = 0; i < all.size(); i++) {
      String content = all.get(i).strip();
      if (content.isEmpty() || content.startsWith("#")) {
        continue;
      }
      Line line = new Line(i + 1, indent(all.get(i), i + 1), content);
      if (hasEnded || (hasBegun && content.equals("---"))) {
        throw line.wrong("there is a second document");
      }
      hasEnded = content.equals("...");
      if (!hasEnded && !content.equals("---") && !isDirective(line, hasBegun)) {
        lines.add(line);
      }
      hasBegun |= !isDirective(line, hasBegun);
    }
  }

  private static boolean isDirective(Line line, boolean hasBegun) {
    return !hasBegun && line.indent() == 0 && line.text().startsWith("%");
  }

  private static int indent(String line, int number) {
    int indent = 0;
    while (line.charAt(indent) == ' ') {
      indent++;
    }
    if (line.charAt(indent) == '\t') {
      throw new YamlException(number, "lines are indented with blanks, not with tabs");
    }
    return indent;
  }

  /**
   * Returns the mapping that a file consists of.
   *
   * @throws YamlException if there is something else in it; the message has the line, and no value
   */
  static YamlNode mapping(String text) {
    YamlReader reader = new YamlReader(text);
    Line first = reader.lines.peek();
    if (first == null) {
      throw new YamlException(1, "the file is empty");
    }
    YamlNode root = reader.block(first);
    Line rest = reader.lines.peek();
    if (rest != null) {
      throw rest.wrong("the line is indented less than the first one, or is no part of the list");
    }
    if (!(root.value() instanceof Map)) {
      throw first.wrong("the file must be a mapping");
    }
    return root;
  }

  /** Reads the mapping, the list or the value that begins with the next line. */
  private YamlNode block(Line first) {
    if (first.isItem()) {
      return list(first);
    }
    if (YamlLine.hasKey(first.text(), first.number())) {
      return mapping(first);
    }
    lines.remove();
    return value(new YamlLine(first.text(), first.number()), first.indent());
  }

  private YamlNode mapping(Line first) {
    Map<String, YamlNode> nodes = new LinkedHashMap<>();
    Line next = first;
    while (next != null && next.indent() == first.indent() && !next.isItem()) {
      lines.remove();
      YamlLine line = new YamlLine(next.text(), next.number());
      line.put(nodes, line.key(), valueOfKey(line, next));
      next = lines.peek();
    }
    requireNotDeeper(next, first.indent());
    return new YamlNode(nodes, first.number());
  }

  private YamlNode valueOfKey(YamlLine line, Line at) {
    if (!line.isAtEnd()) {
      return value(line, at.indent());
    }
    Line next = lines.peek();
    if (next != null && next.indent() == at.indent() && next.isItem()) {
      return list(next);
    }
    return nested(at);
  }

  private YamlNode list(Line first) {
    List<YamlNode> nodes = new ArrayList<>();
    Line next = first;
    while (next != null && next.indent() == first.indent() && next.isItem()) {
      lines.remove();
      nodes.add(item(next));
      next = lines.peek();
    }
    requireNotDeeper(next, first.indent());
    return new YamlNode(nodes, first.number());
  }

  private YamlNode item(Line line) {
    String content = line.text().substring(1).strip();
    if (content.isEmpty() || content.startsWith("#")) {
      return nested(line);
    }
    int offset = line.text().indexOf(content, 1);
    Line rest = new Line(line.number(), line.indent() + offset, content);
    lines.addFirst(rest);
    return block(rest);
  }

  /** Reads what the lines after a key or a dash have, which are indented further; without any it is null. */
  private YamlNode nested(Line parent) {
    Line next = lines.peek();
    return next == null || next.indent() <= parent.indent()
        ? new YamlNode(null, parent.number())
        : block(next);
  }

  private YamlNode value(YamlLine line, int indent) {
    YamlNode value = line.value();
    requireNotDeeper(lines.peek(), indent);
    return value;
  }

  private static void requireNotDeeper(@Nullable Line next, int indent) {
    if (next != null && next.indent() > indent) {
      throw next.wrong("the line is indented further than what it belongs to; a value of several"
          + " lines must be written in one, in quotes");
    }
  }
}
