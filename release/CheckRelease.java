import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/**
 * Checks the files of a release before and after the build.
 *
 * <pre>
 * java release/CheckRelease.java sources before the build: versions, descriptions, the list of files java
 * release/CheckRelease.java bundle DIRECTORY after it: the files of a bundle, and each POM in it
 * </pre>
 *
 * Prints each problem with its file, and ends with status 1 if there is one. Run in the directory of the parent POM.
 */
public final class CheckRelease {
  private static final Path FILES = Path.of("release", "files.txt");
  private static final String GROUP = "io/github/matrixsync/";

  private final List<String> problems = new ArrayList<>();

  public static void main(String[] args) throws Exception {
    CheckRelease check = new CheckRelease();
    if (args.length == 1 && args[0].equals("sources")) {
      check.sources();
    } else if (args.length == 2 && args[0].equals("bundle")) {
      check.bundle(Path.of(args[1]));
    } else {
      System.err.println("usage: CheckRelease sources | bundle DIRECTORY");
      System.exit(2);
    }
    check.problems.forEach(System.err::println);
    System.exit(check.problems.isEmpty() ? 0 : 1);
  }

  private void sources() throws Exception {
    Path parent = Path.of("pom.xml");
    String version = text(read(parent), "version");
    if (version.endsWith("-SNAPSHOT")) {
      problems.add(parent + ": <version> is " + version + ", which is not a release");
    }
    Set<String> listed = new HashSet<>();
    for (String file : files(version)) {
      listed.add(file.substring(0, file.indexOf('/')));
    }
    for (Path pom : modules(Path.of(""), read(parent))) {
      Element module = read(pom);
      String name = text(module, "artifactId");
      String parentVersion = text(child(module, "parent"), "version");
      if (!parentVersion.equals(version)) {
        problems.add(pom + ": <parent><version> is " + parentVersion + ", not " + version);
      }
      boolean isPublished = !"true".equals(text(child(module, "properties"), "maven.deploy.skip"));
      if (isPublished && !listed.contains(name)) {
        problems.add(pom + ": <artifactId> " + name + " is not in " + FILES);
      }
      for (String key : List.of("name", "description", "url")) {
        if (text(module, key).isEmpty()) {
          problems.add(pom + ": no <" + key + ">");
        }
      }
    }
  }

  /** Returns the POMs of all modules that may be published; a module below one that is not published is left out. */
  private static List<Path> modules(Path directory, Element pom) throws Exception {
    List<Path> found = new ArrayList<>();
    for (Element module : children(child(pom, "modules"), "module")) {
      found.add(directory.resolve(module.getTextContent().trim()).resolve("pom.xml"));
    }
    return found;
  }

  private void bundle(Path directory) throws Exception {
    String version = text(read(Path.of("pom.xml")), "version");
    Set<String> expected = new TreeSet<>();
    for (String file : files(version)) {
      expected.addAll(List.of(file, file + ".md5", file + ".sha1", file + ".asc"));
    }
    Set<String> found = new TreeSet<>();
    try (Stream<Path> walk = Files.walk(directory)) {
      walk.filter(Files::isRegularFile)
          .forEach(file -> found.add(directory.relativize(file).toString().replace('\\', '/')));
    }
    for (String file : found) {
      if (!file.startsWith(GROUP) || !expected.remove(file.substring(GROUP.length()))) {
        problems.add(file + ": in the bundle, but not in " + FILES);
      }
      if (file.endsWith(".pom")) {
        pom(directory.resolve(file), version);
      }
    }
    expected.forEach(file -> problems.add(file + ": in " + FILES + ", but not in the bundle"));
  }

  /** Checks that a published POM depends on no parent and has all versions. */
  private void pom(Path file, String version) throws Exception {
    Element pom = read(file);
    if (child(pom, "parent") != null) {
      problems.add(file + ": has a <parent>");
    }
    for (String key : List.of("groupId", "artifactId", "version", "name", "description", "url")) {
      if (text(pom, key).isEmpty()) {
        problems.add(file + ": no <" + key + ">");
      }
    }
    for (String key : List.of("licenses", "developers", "scm")) {
      if (child(pom, key) == null) {
        problems.add(file + ": no <" + key + ">");
      }
    }
    for (String key : List.of("build", "profiles", "repositories", "properties", "modules")) {
      if (child(pom, key) != null) {
        problems.add(file + ": has <" + key + ">, which only the build needs");
      }
    }
    Element managed = child(pom, "dependencyManagement");
    List<Element> dependencies = new ArrayList<>(children(child(pom, "dependencies"), "dependency"));
    dependencies.addAll(children(child(managed, "dependencies"), "dependency"));
    for (Element dependency : dependencies) {
      dependency(file, dependency, version);
    }
  }

  private void dependency(Path file, Element dependency, String version) {
    String name = text(dependency, "artifactId");
    String wanted = text(dependency, "version").replace("${project.version}", version);
    if (wanted.isEmpty() || wanted.contains("${") || wanted.endsWith("-SNAPSHOT")) {
      problems.add(file + ": <version> of " + name + " is '" + wanted + "'");
    }
    if (text(dependency, "groupId").equals("io.github.matrixsync") && !wanted.equals(version)) {
      problems.add(file + ": <version> of " + name + " is " + wanted + ", not " + version);
    }
    if (text(dependency, "scope").equals("test")) {
      problems.add(file + ": " + name + " has the <scope> test");
    }
  }

  /** Returns the files to publish, for a version. */
  private static List<String> files(String version) throws IOException {
    return Files.readAllLines(FILES).stream()
        .filter(line -> !line.isBlank() && !line.startsWith("#"))
        .map(line -> line.replace("VERSION", version))
        .toList();
  }

  private static Element read(Path pom) throws Exception {
    DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
    factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
    Document document = factory.newDocumentBuilder().parse(pom.toFile());
    return document.getDocumentElement();
  }

  private static Element child(Element parent, String name) {
    List<Element> found = children(parent, name);
    return found.isEmpty() ? null : found.get(0);
  }

  private static List<Element> children(Element parent, String name) {
    List<Element> found = new ArrayList<>();
    for (Node node = parent == null ? null : parent.getFirstChild(); node != null; ) {
      if (node instanceof Element element && element.getTagName().equals(name)) {
        found.add(element);
      }
      node = node.getNextSibling();
    }
    return found;
  }

  private static String text(Element parent, String name) {
    Element found = child(parent, name);
    return found == null ? "" : found.getTextContent().trim();
  }
}
