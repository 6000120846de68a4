package org.example

import io.github.matrixsync.SyncEngine
import io.github.matrixsync.event.UserId
import io.github.matrixsync.store.memory.MemoryEventStore
import io.github.matrixsync.sync.SyncOptions
import java.time.Duration

/** Passes null as a token where the API allows it, and uses results that are never null without a check. */
fun main() {
    val alice: UserId = UserId.parse("@alice:example.org")
    SyncEngine.builder(MemoryEventStore.create()).build().use { engine ->
        val snapshot = engine.initialSync(alice, 10)
        val batch = engine.stream(alice, null, Duration.ZERO).join()
        val sync = engine.sync(alice, null, Duration.ZERO, SyncOptions.DEFAULT).join()
        check(snapshot.rooms().isEmpty() && batch.chunk().isEmpty() && sync.rooms().join().isEmpty())
    }
    println("kotlin: right")
}
