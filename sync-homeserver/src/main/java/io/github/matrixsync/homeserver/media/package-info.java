/**
 * Files that users upload.
 *
 * <p>In reading order:
 *
 * <ul>
 *   <li>{@code MediaStore}: keeps them in memory, as many as fit
 *   <li>{@code MediaEndpoints}: uploads and downloads
 * </ul>
 */
@NullMarked
package io.github.matrixsync.homeserver.media;

import org.jspecify.annotations.NullMarked;
