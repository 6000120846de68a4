package io.github.matrixsync.examples.guides;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A fenced block of a Markdown document. Immutable.
 *
 * @param line the line of the opening fence, from 1
 * @param language what stands after the opening fence; may be empty
 * @param comment the HTML comment on the line before the opening fence
 * @param text the lines between the fences, each with its line end
 */
record CodeBlock(int line, String language, Optional<String> comment, String text) {

  /** Returns the fenced blocks of a document in their order. */
  static List<CodeBlock> in(String document) {
    List<CodeBlock> blocks = new ArrayList<>();
    List<String> lines = document.lines().toList();
    for (int at = 0; at < lines.size(); at++) {
      String opening = lines.get(at);
      if (opening.startsWith("```")) {
        int end = at + 1;
        while (end < lines.size() && !lines.get(end).equals("```")) {
          end++;
        }
        String text = String.join(
            "", lines.subList(at + 1, end).stream().map(line -> line + "\n").toList());
        blocks.add(new CodeBlock(at + 1, opening.substring(3), comment(lines, at), text));
        at = end;
      }
    }
    return List.copyOf(blocks);
  }

  private static Optional<String> comment(List<String> lines, int fence) {
    String before = fence == 0 ? "" : lines.get(fence - 1);
    return before.startsWith("<!-- ") && before.endsWith(" -->")
        ? Optional.of(before.substring(5, before.length() - 4))
        : Optional.empty();
  }
}
