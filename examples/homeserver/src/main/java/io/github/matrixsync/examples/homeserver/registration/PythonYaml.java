package io.github.matrixsync.examples.homeserver.registration;

import io.github.matrixsync.homeserver.registration.OtherScalar;
import java.io.InputStream;
import java.util.List;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.AbstractConstruct;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.representer.Representer;
import org.yaml.snakeyaml.resolver.Resolver;

/**
 * Reads YAML 1.1 as PyYAML reads it, which Python homeservers load registration files with: strings, booleans, nulls,
 * lists and mappings. Any other scalar becomes an {@link OtherScalar}, so that no number or date is mistaken for text.
 */
final class PythonYaml {
  private static final String PYTHON = Tag.PREFIX + "python/";

  private PythonYaml() {}

  /**
   * Returns the one document of a file in UTF-8, or in UTF-16 with a byte order mark.
   *
   * @throws IllegalArgumentException if it is no YAML; the message has the line, and nothing of the content
   */
  static Object read(InputStream in) {
    LoaderOptions options = new LoaderOptions();
    options.setTagInspector(tag -> tag.getValue().startsWith(PYTHON));
    DumperOptions unused = new DumperOptions();
    Yaml yaml =
        new Yaml(new Values(options), new Representer(unused), unused, options, new Words());
    try {
      return yaml.load(in);
    } catch (MarkedYAMLException e) {
      int line = e.getProblemMark() == null ? 0 : e.getProblemMark().getLine() + 1;
      throw new IllegalArgumentException("it is no YAML, see line " + line + ": " + problem(e), e);
    } catch (YAMLException e) {
      throw new IllegalArgumentException("it is no YAML: " + e.getMessage(), e);
    }
  }

  private static String problem(MarkedYAMLException e) {
    return String.valueOf(e.getProblem()).lines().findFirst().orElse("");
  }

  /** Makes Java objects of YAML nodes. */
  private static final class Values extends SafeConstructor {
    Values(LoaderOptions options) {
      super(options);
      put(new Tag(PYTHON + "str"), new ConstructYamlStr());
      put(new Tag(PYTHON + "unicode"), new ConstructYamlStr());
      for (Tag tag : List.of(Tag.INT, Tag.FLOAT)) {
        put(tag, other("a number"));
      }
      put(Tag.TIMESTAMP, other("a date"));
      put(Tag.BINARY, other("binary data"));
    }

    private void put(Tag tag, org.yaml.snakeyaml.constructor.Construct construct) {
      yamlConstructors.put(tag, construct);
    }

    private static AbstractConstruct other(String kind) {
      return new AbstractConstruct() {
        @Override
        public Object construct(Node node) {
          return new OtherScalar(kind);
        }
      };
    }
  }

  /** Recognizes plain scalars that are not strings, by the expressions of PyYAML. */
  private static final class Words extends Resolver {
    @Override
    protected void addImplicitResolvers() {
      add(
          Tag.BOOL,
          "yes|Yes|YES|no|No|NO|true|True|TRUE|false|False|FALSE|on|On|ON|off|Off|OFF",
          "yYnNtTfFoO");
      add(
          Tag.FLOAT,
          "[-+]?[0-9][0-9_]*\\.[0-9_]*([eE][-+][0-9]+)?"
              + "|\\.[0-9][0-9_]*([eE][-+][0-9]+)?"
              + "|[-+]?[0-9][0-9_]*(:[0-5]?[0-9])+\\.[0-9_]*"
              + "|[-+]?\\.(inf|Inf|INF)|\\.(nan|NaN|NAN)",
          "-+0123456789.");
      add(
          Tag.INT,
          "[-+]?0b[0-1_]+|[-+]?0[0-7_]+|[-+]?(0|[1-9][0-9_]*)|[-+]?0x[0-9a-fA-F_]+"
              + "|[-+]?[1-9][0-9_]*(:[0-5]?[0-9])+",
          "-+0123456789");
      add(Tag.MERGE, "<<", "<");
      add(Tag.NULL, "~|null|Null|NULL", "~nN");
      addImplicitResolver(Tag.NULL, EMPTY, null);
      add(new Tag(Tag.PREFIX + "value"), "=", "=");
      add(
          Tag.TIMESTAMP,
          "[0-9]{4}-[0-9]{2}-[0-9]{2}"
              + "|[0-9]{4}-[0-9][0-9]?-[0-9][0-9]?([Tt]|[ \\t]+)[0-9][0-9]?:[0-9]{2}:[0-9]{2}"
              + "(\\.[0-9]*)?([ \\t]*(Z|[-+][0-9][0-9]?(:[0-9]{2})?))?",
          "0123456789");
    }

    private void add(Tag tag, String expression, String first) {
      addImplicitResolver(tag, Pattern.compile("^(?:" + expression + ")$"), first);
    }
  }
}
