package io.github.matrixsync;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * No method, constructor or record of any module has more than five parameters without a reason, which a comment right
 * before the declaration gives.
 */
class ParametersTest {
  private static final int MOST = 5;
  private static final String REASON = "// More than five parameters: ";

  @Test
  void declarations_ofAllModules_haveFewParametersOrAReason() throws IOException {
    List<Path> sources;
    try (Stream<Path> all = Files.find(Path.of(".."), 20, (path, file) -> isSource(path))) {
      sources = all.toList();
    }

    assertThat(sources).hasSizeGreaterThan(500);
    assertThat(withoutReason(sources)).isEmpty();
  }

  private static boolean isSource(Path path) {
    String name = path.toString().replace('\\', '/');
    return name.endsWith(".java") && name.contains("/src/") && !name.contains("/target/");
  }

  @Test
  void declarations_withoutReason_areFoundInEachForm(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("Example.java");
    Files.writeString(file, """
        record Example(int a, int b, int c, int d, int e, int f) {
          static final int CONSTANT = 0;
          Example {}
          Example(int a, int b, int c, int d, int e, int f, int g) { this(a, b, c, d, e, f); }
          record Few(int a, int b, int c, int d, int e) {}
          // More than five parameters: one for each day of the week,
          // and none of them may be left out.
          @Deprecated
          static void reasoned(int a, int b, int c, int d, int e, int f, int g) {}
          void many(int a, int b, int c, int d, int e, int f) {}
          void few(int a, int b, int c, int d, int e) {}
        }
        """);

    assertThat(withoutReason(List.of(file)))
        .containsExactly(
            "Example.java: record Example", "Example.java: <init>", "Example.java: many");
  }

  private static List<String> withoutReason(List<Path> sources) throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      JavacTask task = (JavacTask) compiler.getTask(
          null, files, problem -> {}, null, null, files.getJavaFileObjectsFromPaths(sources));
      SourcePositions positions = Trees.instance(task).getSourcePositions();
      List<String> found = new ArrayList<>();
      for (CompilationUnitTree file : task.parse()) {
        new Finder(file, positions, found).scan(file, null);
      }
      return found;
    }
  }

  /** Finds the declarations of one file that have too many parameters and no reason. */
  private static final class Finder extends TreeScanner<Void, Void> {
    private final CompilationUnitTree file;
    private final SourcePositions positions;
    private final List<String> found;
    private final String text;

    Finder(CompilationUnitTree file, SourcePositions positions, List<String> found)
        throws IOException {
      this.file = file;
      this.positions = positions;
      this.found = found;
      text = file.getSourceFile().getCharContent(true).toString();
    }

    @Override
    public @Nullable Void visitClass(ClassTree type, Void nothing) {
      if (type.getKind() == Tree.Kind.RECORD) {
        long components = type.getMembers().stream().filter(Finder::isComponent).count();
        check(type, "record " + type.getSimpleName(), components);
      }
      return super.visitClass(type, nothing);
    }

    private static boolean isComponent(Tree member) {
      return member instanceof VariableTree field
          && !field.getModifiers().getFlags().contains(Modifier.STATIC);
    }

    @Override
    public @Nullable Void visitMethod(MethodTree method, Void nothing) {
      if (!isCompact(method)) {
        check(method, method.getName().toString(), method.getParameters().size());
      }
      return super.visitMethod(method, nothing);
    }

    /** Returns whether a constructor has the parameters of its record, which stand before it. */
    private boolean isCompact(MethodTree method) {
      return method.getParameters().stream()
          .anyMatch(parameter -> positions.getStartPosition(file, parameter)
              < positions.getStartPosition(file, method));
    }

    private void check(Tree declaration, String name, long parameters) {
      if (parameters > MOST && !hasReason(declaration)) {
        Path path = Path.of(file.getSourceFile().toUri());
        found.add(path.getFileName() + ": " + name);
      }
    }

    private boolean hasReason(Tree declaration) {
      int start = (int) positions.getStartPosition(file, declaration);
      List<String> before = text.substring(0, start).lines().map(String::trim).toList();
      int line = before.size() - 1;
      while (line > 0 && (before.get(line).isEmpty() || before.get(line).startsWith("//"))) {
        if (before.get(line).startsWith(REASON)) {
          return true;
        }
        line--;
      }
      return false;
    }
  }
}
