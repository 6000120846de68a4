package io.github.matrixsync.homeserver.media;

import io.github.matrixsync.homeserver.body.Answer;
import io.github.matrixsync.homeserver.body.ApiError;
import io.github.matrixsync.homeserver.body.Json;
import io.github.matrixsync.homeserver.http.Call;
import io.github.matrixsync.homeserver.http.Router;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Uploading and downloading files. A thumbnail is the file itself.
 *
 * @since 0.1.0
 */
public final class MediaEndpoints {
  private static final String DEFAULT_TYPE = "application/octet-stream";
  private static final Pattern TYPE = Pattern.compile("[\\x20-\\x7e]{1,200}");
  private static final int LONGEST_NAME = 255;

  /** The types that browsers may show in a page; all others are saved. */
  private static final Set<String> SHOWN = Set.of(
      "text/plain",
      "text/css",
      "text/csv",
      "application/json",
      "image/jpeg",
      "image/gif",
      "image/png",
      "image/apng",
      "image/webp",
      "image/avif",
      "video/mp4",
      "video/webm",
      "video/ogg",
      "audio/mp4",
      "audio/webm",
      "audio/aac",
      "audio/mpeg",
      "audio/ogg",
      "audio/wave",
      "audio/wav",
      "audio/flac");

  private final MediaStore store;
  private final String serverName;
  private final int mostBytes;

  /**
   * Creates the endpoints.
   *
   * @param mostBytes the largest body of a request that the server accepts
   */
  public MediaEndpoints(MediaStore store, String serverName, int mostBytes) {
    this.store = store;
    this.serverName = serverName;
    this.mostBytes = mostBytes;
  }

  /** Adds uploads, and downloads for everybody. */
  public void addTo(Router media) {
    media.add("GET", "config", this::config);
    media.addUpload("POST", "upload", this::upload);
    addDownloads(media, "", false);
  }

  /** Adds downloads for users who are logged in. */
  public void addAuthenticatedTo(Router client) {
    client.add("GET", "media/config", this::config);
    addDownloads(client, "media/", true);
  }

  private void addDownloads(Router router, String before, boolean isForUsers) {
    for (String path : List.of("download/*/*", "download/*/*/*", "thumbnail/*/*")) {
      router.add("GET", before + path, call -> {
        if (isForUsers) {
          call.requireUser();
        }
        return download(call);
      });
    }
  }

  private Answer config(Call call) {
    call.requireUser();
    return Answer.of(Json.object().put("m.upload.size", mostBytes));
  }

  private Answer upload(Call call) {
    call.requireUser();
    String type = call.payload().type().orElse(DEFAULT_TYPE);
    Optional<String> name = call.parameter("filename");
    if (!TYPE.matcher(type).matches()) {
      throw ApiError.badParameter("the content type is longer than 200 characters, or not ASCII");
    }
    if (name.filter(given -> given.length() > LONGEST_NAME).isPresent()) {
      throw ApiError.badParameter("'filename' is longer than " + LONGEST_NAME + " characters");
    }
    String id = store.put(new MediaStore.File(call.payload().bytes(), type, name));
    return Answer.of(Json.object().put("content_uri", "mxc://" + serverName + "/" + id));
  }

  private Answer download(Call call) {
    List<String> path = call.match().open();
    MediaStore.File file = Optional.of(path.get(1))
        .filter(id -> path.get(0).equals(serverName))
        .flatMap(store::get)
        .orElseThrow(() -> ApiError.notFound("No such media"));
    Map<String, String> headers = new HashMap<>();
    headers.put("Content-Type", file.type());
    headers.put("Cross-Origin-Resource-Policy", "cross-origin");
    headers.put("X-Content-Type-Options", "nosniff");
    headers.put(
        "Content-Security-Policy", "sandbox; default-src 'none'; style-src 'unsafe-inline'");
    Optional<String> name = path.size() > 2 ? Optional.of(path.get(2)) : file.name();
    headers.put("Content-Disposition", disposition(file.type(), name));
    return Answer.file(headers, file.bytes());
  }

  private static String disposition(String type, Optional<String> name) {
    String bare = type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    String kind = SHOWN.contains(bare) ? "inline" : "attachment";
    return name.map(given -> kind + "; filename*=utf-8''" + encoded(given)).orElse(kind);
  }

  private static String encoded(String name) {
    return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
