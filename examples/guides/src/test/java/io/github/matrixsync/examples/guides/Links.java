package io.github.matrixsync.examples.guides;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Checks the links of documents without a network: files and headings that they name must be there, and addresses must
 * be well formed. Headings have the anchors that GitHub gives them. Confined to one thread.
 */
final class Links {
  private static final Pattern LINK =
      Pattern.compile("\\]\\(([^)\\s]+)\\)|^\\[[^\\]]+\\]:\\s+(\\S+)", Pattern.MULTILINE);
  private static final Pattern HEADING = Pattern.compile("^#{1,6} +(.+)$", Pattern.MULTILINE);
  private static final Pattern FENCED =
      Pattern.compile("^```.*?^```$", Pattern.MULTILINE | Pattern.DOTALL);
  private static final Pattern INLINE = Pattern.compile("`[^`]*`");

  private final Documents documents;
  private final List<String> wrong = new ArrayList<>();

  private Links(Documents documents) {
    this.documents = documents;
  }

  /** Returns what is wrong, one entry for each link; none if all is right. */
  static List<String> check(Documents documents) {
    Links check = new Links(documents);
    for (Path document : documents.all()) {
      String text = INLINE.matcher(withoutBlocks(documents.read(document))).replaceAll("");
      LINK.matcher(text)
          .results()
          .map(Links::target)
          .forEach(target -> check.check(document, target));
    }
    return List.copyOf(check.wrong);
  }

  private static String target(MatchResult link) {
    return link.group(1) != null ? link.group(1) : link.group(2);
  }

  private static String withoutBlocks(String text) {
    return FENCED.matcher(text).replaceAll("");
  }

  private void check(Path document, String target) {
    if (target.matches("[a-z]+:.*")) {
      checkAddress(document, target);
      return;
    }
    String file = target.replaceFirst("#.*", "");
    Path path = file.isEmpty() ? document : document.resolveSibling(file).normalize();
    if (path.startsWith("..") || !documents.exists(path)) {
      wrong.add(document + ": there is no file for the link " + target);
    } else if (target.contains("#")) {
      String anchor = target.substring(target.indexOf('#') + 1);
      if (!path.toString().endsWith(".md") || !anchors(documents.read(path)).contains(anchor)) {
        wrong.add(document + ": there is no heading for the link " + target);
      }
    }
  }

  private void checkAddress(Path document, String target) {
    try {
      URI address = new URI(target);
      if (!"https".equals(address.getScheme()) || address.getHost() == null) {
        wrong.add(document + ": the link is not to an https address: " + target);
      }
    } catch (URISyntaxException e) {
      wrong.add(document + ": the address of the link is malformed: " + target);
    }
  }

  private static Set<String> anchors(String document) {
    Set<String> anchors = new HashSet<>();
    HEADING.matcher(withoutBlocks(document)).results().forEach(heading -> {
      String text = heading.group(1).strip().replaceAll("\\[([^\\]]*)\\]\\([^)]*\\)", "$1");
      String anchor =
          text.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N} _-]", "").replace(' ', '-');
      for (int n = 1; !anchors.add(n == 1 ? anchor : anchor + "-" + (n - 1)); n++) {}
    });
    return anchors;
  }
}
