package io.github.matrixsync.examples.homeserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RegistrationFileTest {
  /** As the tools of bridges write it. */
  private static final String GOOD = """
      id: irc
      hs_token: of the server
      as_token: of the service
      namespaces:
        users:
          - exclusive: true
            regex: '@irc_.*:localhost'
        aliases:
          - exclusive: false
            regex: '#irc_.*'
        rooms: []
      url: 'http://127.0.0.1:8090/'
      sender_localpart: ircbot
      rate_limited: false
      protocols: null
      """;

  @TempDir
  private Path folder = Path.of("");

  @Test
  void read_file_saysWhatTheServiceIsAbout() throws IOException {
    Registration irc = RegistrationFile.read(file(GOOD));

    assertThat(irc.id()).isEqualTo("irc");
    assertThat(irc.url()).contains(URI.create("http://127.0.0.1:8090"));
    assertThat(irc.asToken()).isEqualTo("of the service");
    assertThat(irc.hsToken()).isEqualTo("of the server");
    assertThat(irc.senderLocalpart()).isEqualTo("ircbot");
    assertThat(irc.rooms()).isEmpty();
    assertThat(irc.users().get(0).exclusive()).isTrue();
    assertThat(irc.users().get(0).matches("@irc_ann:localhost")).isTrue();
    assertThat(irc.users().get(0).matches("@irc_ann:localhost.org"))
        .as("begins so")
        .isTrue();
    assertThat(irc.users().get(0).matches("x@irc_ann:localhost")).isFalse();
    assertThat(irc.aliases().get(0).exclusive()).isFalse();
  }

  @Test
  void read_noUrlAndNoNamespaces_isAServiceThatListensOnlyItself() throws IOException {
    Registration quiet = RegistrationFile.read(
        file("{id: q, url: null, as_token: a, hs_token: h, sender_localpart: q}"));

    assertThat(quiet.url()).isEmpty();
    assertThat(quiet.users()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "id: irc|other: irc|'id' is missing",
        "as_token: of the service|as_token: 12|'as_token' must be text",
        "sender_localpart: ircbot|sender_localpart: ''|'sender_localpart' must be text",
        "url: 'http://127.0.0.1:8090/'|url: 'ftp://127.0.0.1'|'url' must be null or",
        "url: 'http://127.0.0.1:8090/'|url: 'http://a b'|Illegal character",
        "exclusive: true|exclusive: perhaps|each of 'users'",
        "regex: '#irc_.*'|regex: '#irc_['|the 'regex' #irc_[ of 'aliases' is none",
        "rooms: []|rooms: all|'rooms' must be a list",
        "id: irc|- irc|it is no YAML",
      })
  void read_badFile_saysWhatIsWrongWithWhichFile(String good, String bad, String why)
      throws IOException {
    Path file = file(GOOD.replace(good, bad));

    assertThatThrownBy(() -> RegistrationFile.read(file))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("cannot use " + file + ": ")
        .hasMessageContaining(why)
        .hasMessageNotContaining("\n");
  }

  @Test
  void read_noMapping_isRefused() throws IOException {
    Path list = file("- irc");
    assertThatThrownBy(() -> RegistrationFile.read(list)).hasMessageContaining("YAML mapping");
    Path empty = file("");
    assertThatThrownBy(() -> RegistrationFile.read(empty)).hasMessageContaining("YAML mapping");
    Path none = folder.resolve("none");
    assertThatThrownBy(() -> RegistrationFile.read(none)).hasMessageContaining("no such file");
  }

  @Test
  void commandLine_badFile_endsWithAStatusAndTheReason() throws IOException {
    String good = file(GOOD).toString();

    assertThat(errors("--appservice", folder.resolve("none").toString()))
        .contains("there is no such file");
    assertThat(errors("--appservice", good, "--appservice", good))
        .contains("two application services have the same 'id'");
    assertThat(errors("--appservice", file(GOOD.replace("ircbot", "irc bot")).toString()))
        .contains("the 'sender_localpart' of irc cannot be a user");
  }

  private static String errors(String... arguments) {
    PrintStream before = System.err;
    ByteArrayOutputStream written = new ByteArrayOutputStream();
    System.setErr(new PrintStream(written, true, StandardCharsets.UTF_8));
    try {
      assertThat(Main.run(arguments)).isEqualTo(2);
    } finally {
      System.setErr(before);
    }
    return written.toString(StandardCharsets.UTF_8);
  }

  private Path file(String text) throws IOException {
    return Files.writeString(Files.createTempFile(folder, "service", ".yaml"), text);
  }
}
