package io.github.matrixsync.examples.homeserver;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MediaOverHttpTest extends ServerTest {
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final byte[] BYTES = {(byte) 0x89, 'P', 'N', 'G', 0, 1, 2, (byte) 0xff};

  private Client alice = nobody;

  @BeforeAll
  void register() {
    alice = nobody.register("alice");
  }

  private HttpResponse<byte[]> send(String path, String token, String type, byte[] body)
      throws Exception {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(nobody.base() + path));
    if (!token.isEmpty()) {
      request.header("Authorization", "Bearer " + token);
    }
    if (!type.isEmpty()) {
      request.header("Content-Type", type).POST(BodyPublishers.ofByteArray(body));
    }
    return HTTP.send(request.build(), BodyHandlers.ofByteArray());
  }

  private String upload(String query, String type) throws Exception {
    HttpResponse<byte[]> reply =
        send("/_matrix/media/v3/upload" + query, alice.token(), type, BYTES);
    assertThat(reply.statusCode()).isEqualTo(200);
    String uri = Client.MAPPER.readTree(reply.body()).path("content_uri").asString();
    assertThat(uri).startsWith("mxc://localhost/");
    return uri.substring("mxc://".length());
  }

  private static String header(HttpResponse<?> reply, String name) {
    return reply.headers().firstValue(name).orElse("");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/_matrix/media/v3/download/",
        "/_matrix/media/r0/download/",
        "/_matrix/media/v3/thumbnail/",
        "/_matrix/client/v1/media/download/",
        "/_matrix/client/v1/media/thumbnail/"
      })
  void download_uploadedFile_isTheSame(String path) throws Exception {
    String id = upload("?filename=a%20b.png", "image/png");

    HttpResponse<byte[]> reply = send(path + id, alice.token(), "", BYTES);

    assertThat(reply.statusCode()).isEqualTo(200);
    assertThat(reply.body()).isEqualTo(BYTES);
    assertThat(header(reply, "Content-Type")).isEqualTo("image/png");
    assertThat(header(reply, "Content-Disposition"))
        .isEqualTo("inline; filename*=utf-8''a%20b.png");
    assertThat(header(reply, "Access-Control-Allow-Origin")).isEqualTo("*");
  }

  @Test
  void download_scripts_areSavedNotShown() throws Exception {
    String id = upload("", "text/html");
    HttpResponse<byte[]> reply =
        send("/_matrix/media/v3/download/" + id + "/x.html", "", "", BYTES);
    assertThat(header(reply, "Content-Disposition"))
        .isEqualTo("attachment; filename*=utf-8''x.html");
    assertThat(header(reply, "Content-Security-Policy")).startsWith("sandbox");
  }

  @Test
  void download_withoutToken_dependsOnTheApi() throws Exception {
    String id = upload("", "image/png");
    assertThat(send("/_matrix/media/v3/download/" + id, "", "", BYTES).statusCode())
        .isEqualTo(200);
    assertThat(send("/_matrix/client/v1/media/download/" + id, "", "", BYTES).statusCode())
        .isEqualTo(401);
  }

  @Test
  void download_unknown_isNotFound() {
    String download = "/_matrix/media/v3/download/";
    assertThat(nobody.get(download + "localhost/none").errcode()).isEqualTo("M_NOT_FOUND");
    assertThat(nobody.get(download + "elsewhere/none").errcode()).isEqualTo("M_NOT_FOUND");
    assertThat(nobody.get(download + "localhost").errcode()).isEqualTo("M_UNRECOGNIZED");
  }

  @Test
  void upload_tooLargeOrByNobody_isRefused() throws Exception {
    String upload = "/_matrix/media/v3/upload";
    long most =
        alice.get("/_matrix/media/v3/config").json().path("m.upload.size").asLong();
    assertThat(alice
            .get("/_matrix/client/v1/media/config")
            .json()
            .path("m.upload.size")
            .asLong())
        .isEqualTo(most);
    byte[] tooLarge = new byte[(int) most + 1];
    assertThat(send(upload, alice.token(), "image/png", tooLarge).statusCode()).isEqualTo(413);
    assertThat(send(upload, "", "image/png", BYTES).statusCode()).isEqualTo(401);
    String name = "?filename=" + "x".repeat(300);
    assertThat(send(upload + name, alice.token(), "image/png", BYTES).statusCode())
        .isEqualTo(400);
  }
}
