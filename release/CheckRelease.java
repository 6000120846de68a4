import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.SAXException;

/**
 * Checks the files of a release before and after the build.
 *
 * <pre>
 * java release/CheckRelease.java version          prints the version of the parent POM
 * java release/CheckRelease.java sources          before the build: versions, descriptions, the list of files
 * java release/CheckRelease.java bundle DIRECTORY after it: the files of a bundle, and what is in them
 * </pre>
 *
 * Prints each problem with its file, and ends with status 1 if there is one. Run in the directory of the parent POM.
 */
public final class CheckRelease {
  private static final Path FILES = Path.of("release", "files.txt");
  private static final String GROUP = "io.github.matrixsync";
  private static final String FOLDER = GROUP.replace('.', '/') + "/";
  private static final String LICENCE = "Apache-2.0";
  /** The module that has no code, and names all others. */
  private static final String BOM = "sync-bom";
  /** What a published POM must have, as paths of elements. */
  private static final List<String> NEEDED = List.of("name", "description", "url", "licenses/license/name",
      "licenses/license/url", "developers/developer/name", "scm/connection", "scm/url");
  /** What only the build needs. */
  private static final List<String> LEFTOVERS = List.of("parent", "build", "profiles", "properties", "modules",
      "reporting", "repositories", "pluginRepositories", "distributionManagement");
  private static final Pattern JSON_TOKEN = Pattern.compile("\\s*+([{}\\[\\]:,]|-?\\d[\\d.eE+-]*+|true|false|null"
      + "|\"[^\"\\\\]*+(?:\\\\.[^\"\\\\]*+)*+\")");

  private final List<String> problems = new ArrayList<>();

  public static void main(String[] args) throws Exception {
    CheckRelease check = new CheckRelease();
    if (args.length == 1 && args[0].equals("version")) {
      System.out.println(text(read(Path.of("pom.xml")), "version"));
    } else if (args.length == 1 && args[0].equals("sources")) {
      check.sources();
    } else if (args.length == 2 && args[0].equals("bundle")) {
      check.bundle(Path.of(args[1]));
    } else {
      System.err.println("usage: CheckRelease version | sources | bundle DIRECTORY");
      System.exit(2);
    }
    check.problems.forEach(System.err::println);
    System.exit(check.problems.isEmpty() ? 0 : 1);
  }

  private void sources() throws Exception {
    Path parent = Path.of("pom.xml");
    String version = text(read(parent), "version");
    if (!version.matches("[0-9]+\\.[0-9]+\\.[0-9]+")) {
      problems.add(parent + ": <version> is " + version + ", which is not a release like 1.2.3");
    }
    for (String key : List.of("licenses", "developers", "scm")) {
      if (text(read(parent), key).isEmpty()) {
        problems.add(parent + ": no <" + key + ">");
      }
    }
    if (!Files.isRegularFile(FILES)) {
      problems.add(FILES + ": missing");
      return;
    }
    Set<String> listed = new HashSet<>(files("VERSION"));
    for (Path pom : modules(Path.of(""), read(parent))) {
      Element module = read(pom);
      String name = text(module, "artifactId");
      equal(pom, "<parent><version>", text(module, "parent/version"), version);
      boolean isPublished = !"true".equals(text(module, "properties/maven.deploy.skip"));
      if (isPublished) {
        listed(listed, name, text(module, "packaging").equals("pom"));
      } else if (listed.stream().anyMatch(line -> line.startsWith(name + "/"))) {
        problems.add(FILES + ": " + name + " is not published");
      }
      for (String key : List.of("name", "description", "url")) {
        if (text(module, key).isEmpty()) {
          problems.add(pom + ": no <" + key + ">");
        }
      }
    }
  }

  /** Checks that the list names the files that each published module has. */
  private void listed(Set<String> listed, String module, boolean hasOnlyPom) {
    List<String> jars = hasOnlyPom ? List.of() : List.of(".jar", "-sources.jar", "-javadoc.jar");
    Stream.concat(Stream.of(".pom", "-cyclonedx.json"), jars.stream())
        .map(end -> module + "/VERSION/" + module + "-VERSION" + end)
        .filter(line -> !listed.contains(line))
        .forEach(line -> problems.add(FILES + ": no " + line));
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
    Set<String> modules = new TreeSet<>();
    for (String file : files(version)) {
      expected.addAll(List.of(file, file + ".md5", file + ".sha1", file + ".asc"));
      modules.add(file.substring(0, file.indexOf('/')));
    }
    Set<String> found = new TreeSet<>();
    try (Stream<Path> walk = Files.walk(directory)) {
      walk.filter(Files::isRegularFile)
          .forEach(file -> found.add(directory.relativize(file).toString().replace('\\', '/')));
    }
    for (String file : found) {
      if (!file.startsWith(FOLDER) || !expected.remove(file.substring(FOLDER.length()))) {
        problems.add(file + ": in the bundle, but not in " + FILES);
        continue;
      }
      String module = file.substring(FOLDER.length(), file.indexOf('/', FOLDER.length()));
      try {
        if (file.endsWith(".pom")) {
          pom(directory.resolve(file), module, version);
          if (module.equals(BOM)) {
            versions(directory.resolve(file), modules);
          }
        } else if (file.endsWith(".jar")) {
          jar(directory.resolve(file), version);
        } else if (file.endsWith(".json")) {
          components(directory.resolve(file), module, version);
        }
      } catch (IOException | SAXException e) {
        problems.add(file + ": cannot be read: " + e.getMessage());
      }
    }
    expected.forEach(file -> problems.add(file + ": in " + FILES + ", but not in the bundle"));
  }

  /** Checks that a published POM is that of its directory, depends on no parent and has all versions. */
  private void pom(Path file, String module, String version) throws Exception {
    Element pom = read(file);
    equal(file, "<groupId>", text(pom, "groupId"), GROUP);
    equal(file, "<artifactId>", text(pom, "artifactId"), module);
    equal(file, "<version>", text(pom, "version"), version);
    for (String path : NEEDED) {
      if (text(pom, path).isEmpty()) {
        problems.add(file + ": no <" + path.replace("/", "><") + ">");
      }
    }
    List<String> leftovers = new ArrayList<>(LEFTOVERS);
    leftovers.add(module.equals(BOM) ? "dependencies" : "dependencyManagement");
    for (String key : leftovers) {
      if (child(pom, key) != null) {
        problems.add(file + ": has <" + key + ">, which only the build needs");
      }
    }
    List<Element> dependencies = new ArrayList<>(dependencies(pom));
    dependencies.addAll(dependencies(child(pom, "dependencyManagement")));
    for (Element dependency : dependencies) {
      dependency(file, dependency, version);
    }
  }

  private void dependency(Path file, Element dependency, String version) {
    String name = text(dependency, "groupId") + ":" + text(dependency, "artifactId");
    String wanted = text(dependency, "version");
    // No range, no LATEST, no property.
    if (!wanted.matches("\\d[\\w.+-]*") || wanted.endsWith("-SNAPSHOT")) {
      problems.add(file + ": <version> of " + name + " is '" + wanted + "'");
    } else if (name.startsWith(GROUP + ":")) {
      equal(file, "<version> of " + name, wanted, version);
    }
    if (!Set.of("", "compile", "runtime", "provided").contains(text(dependency, "scope"))) {
      problems.add(file + ": " + name + " has the <scope> " + text(dependency, "scope"));
    }
  }

  /** Checks that the BOM names every other module once, and nothing else. */
  private void versions(Path file, Set<String> modules) throws Exception {
    Set<String> missing = new TreeSet<>(modules);
    missing.remove(BOM);
    for (Element managed : dependencies(child(read(file), "dependencyManagement"))) {
      String name = text(managed, "artifactId");
      if (!text(managed, "groupId").equals(GROUP) || !missing.remove(name)) {
        problems.add(file + ": <dependencyManagement> names " + name + ", which is no module or was named before");
      }
    }
    missing.forEach(name -> problems.add(file + ": <dependencyManagement> does not name " + name));
  }

  /** Checks that a jar can be read, names its version and licence, and contains what one of its kind must. */
  private void jar(Path file, String version) throws IOException {
    try (JarFile jar = new JarFile(file.toFile())) {
      Set<String> names = new HashSet<>();
      for (JarEntry entry : jar.stream().toList()) {
        CRC32 sum = new CRC32();
        sum.update(jar.getInputStream(entry).readAllBytes());
        if (sum.getValue() != entry.getCrc()) {
          throw new IOException(entry.getName() + " is damaged");
        }
        names.add(entry.getName());
      }
      Manifest manifest = jar.getManifest();
      Attributes attributes = manifest == null ? new Attributes() : manifest.getMainAttributes();
      equal(file, "Implementation-Version", attributes.getValue("Implementation-Version"), version);
      equal(file, "Bundle-License", attributes.getValue("Bundle-License"), LICENCE);
      List<String> needed = List.of("META-INF/LICENSE", "module-info.class", FOLDER + ".*[.]class");
      if (file.toString().endsWith("-sources.jar")) {
        needed = List.of("META-INF/LICENSE", "module-info.java", FOLDER + ".*[.]java");
      } else if (file.toString().endsWith("-javadoc.jar")) {
        needed = List.of("index.html", ".*/package-summary.html");
      }
      for (String pattern : needed) {
        if (names.stream().noneMatch(name -> name.matches(pattern))) {
          problems.add(file + ": no " + pattern);
        }
      }
    }
  }

  /** Checks that a list of components is that of the module, and contains what the module's POM depends on. */
  private void components(Path file, String module, String version) throws Exception {
    Object list = json(Files.readString(file));
    Object subject = get(get(list, "metadata"), "component");
    equal(file, "purl", purl(subject), "pkg:maven/" + GROUP + "/" + module + "@" + version);
    Set<String> listed = new HashSet<>();
    if (get(list, "components") instanceof Map<?, ?> components) {
      components.values().forEach(component -> listed.add(purl(component)));
    }
    Path pom = file.resolveSibling(module + "-" + version + ".pom");
    for (Element dependency : Files.exists(pom) ? dependencies(read(pom)) : List.<Element>of()) {
      String name = text(dependency, "groupId") + "/" + text(dependency, "artifactId");
      if (!listed.contains("pkg:maven/" + name + "@" + text(dependency, "version"))) {
        problems.add(file + ": \"components\" has no " + name + " of the POM's version");
      }
    }
  }

  /** Returns the address of a component, without its type. */
  private static String purl(Object component) {
    return String.valueOf(get(component, "purl")).replaceAll("[?].*|\"", "");
  }

  private void equal(Path file, String key, String actual, String expected) {
    if (!expected.equals(actual)) {
      problems.add(file + ": " + key + " is " + actual + ", not " + expected);
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

  private static List<Element> dependencies(Element parent) {
    return children(child(parent, "dependencies"), "dependency");
  }

  /** Returns the text of the first element at a path, which is empty if there is none. */
  private static String text(Element parent, String path) {
    Element found = parent;
    for (String name : path.split("/")) {
      found = child(found, name);
    }
    return found == null ? "" : found.getTextContent().trim();
  }

  /** Returns the value of a JSON text: objects as maps, arrays as maps by index, all else as it stands there. */
  private static Object json(String text) throws IOException {
    Deque<String> tokens = new ArrayDeque<>();
    Matcher matcher = JSON_TOKEN.matcher(text.strip());
    for (; matcher.lookingAt(); matcher.region(matcher.end(), matcher.regionEnd())) {
      tokens.add(matcher.group(1));
    }
    try {
      Object value = jsonValue(tokens);
      if (tokens.isEmpty() && matcher.regionStart() == matcher.regionEnd()) {
        return value;
      }
    } catch (NoSuchElementException e) {
      // The text ended too early.
    }
    throw new IOException("not JSON");
  }

  private static Object jsonValue(Deque<String> tokens) throws IOException {
    String start = tokens.pop();
    if ("}],:".contains(start)) {
      throw new IOException("not JSON at " + start);
    }
    if (!start.equals("{") && !start.equals("[")) {
      return start;
    }
    Map<String, Object> values = new LinkedHashMap<>();
    String end = start.equals("{") ? "}" : "]";
    while (!tokens.getFirst().equals(end)) {
      String key = String.valueOf(values.size());
      if (!values.isEmpty()) {
        take(",", tokens);
      }
      if (start.equals("{")) {
        key = tokens.pop();
        take(":", tokens);
      }
      values.put(key, jsonValue(tokens));
    }
    tokens.pop();
    return values;
  }

  private static void take(String wanted, Deque<String> tokens) throws IOException {
    if (!tokens.pop().equals(wanted)) {
      throw new IOException("not JSON: no " + wanted);
    }
  }

  private static Object get(Object value, String key) {
    return value instanceof Map<?, ?> map ? map.get('"' + key + '"') : null;
  }
}
