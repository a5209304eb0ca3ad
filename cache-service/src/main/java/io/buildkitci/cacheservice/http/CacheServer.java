package io.buildkitci.cacheservice.http;

import io.buildkitci.cacheservice.store.CacheStore;
import io.buildkitci.cacheservice.trust.BuildPasses;
import io.buildkitci.cacheservice.trust.SignedPaths;
import io.buildkitci.cacheservice.trust.Tokens;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpServerExpectContinueHandler;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.stream.ChunkedWriteHandler;
import io.netty.handler.timeout.IdleStateHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** A server that is listening. Closing it lets requests under way end, for a while. */
public final class CacheServer implements AutoCloseable {
    private static final int BACKLOG = 1024;
    private static final int LONGEST_LINE = 8192;
    private static final int LONGEST_HEADERS = 32 << 10;
    private static final int CHUNK = 256 << 10;
    private static final int MOST_THREADS = 32;
    private static final int MOST_CONNECTIONS = 2000;
    private static final int IDLE_SECONDS = 120;
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final EventLoopGroup loops;
    private final ExecutorService workers;
    private final ChannelGroup conversations;
    private final Channel listening;

    private CacheServer(EventLoopGroup loops, ExecutorService workers, ChannelGroup conversations, Channel listening) {
        this.loops = loops;
        this.workers = workers;
        this.conversations = conversations;
        this.listening = listening;
    }

    /**
     * What a server is made of.
     *
     * @param ids texts that nobody can guess
     * @param adminToken what the owner's requests bear
     * @param tls empty for plain HTTP
     * @param log told every request that was answered, from several threads
     */
    public record Setup(
            CacheStore store,
            Tokens tokens,
            SignedPaths paths,
            BuildPasses passes,
            Supplier<String> ids,
            String adminToken,
            Optional<SslContext> tls,
            Consumer<Exchanged> log) {
        /** Names no token. */
        @Override
        public String toString() {
            return "Setup[tls=" + tls.isPresent() + "]";
        }
    }

    /**
     * Listens from now on.
     *
     * @param address port 0 for a free one
     * @throws IOException when the address cannot be listened at
     */
    public static CacheServer start(InetSocketAddress address, Setup setup) throws IOException {
        EventLoopGroup loops = new MultiThreadIoEventLoopGroup(threads("io"), NioIoHandler.newFactory());
        ThreadPoolExecutor workers = new ThreadPoolExecutor(
                MOST_THREADS, MOST_THREADS, 1, TimeUnit.MINUTES, new LinkedBlockingQueue<>(), threads("work"));
        workers.allowCoreThreadTimeOut(true);
        ChannelGroup conversations = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
        Service service = new Service(setup.store(), setup.tokens(), setup.paths(), setup.passes());
        Metrics metrics = new Metrics();
        Router router = new Router(service, setup.ids(), new Housekeeping(service, metrics, setup.adminToken()));
        Consumer<Exchanged> told = exchanged -> {
            metrics.count(exchanged);
            setup.log().accept(exchanged);
        };
        ServerBootstrap bootstrap = new ServerBootstrap()
                .group(loops)
                .channel(NioServerSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.AUTO_READ, false)
                .childOption(ChannelOption.RECVBUF_ALLOCATOR, onePiece())
                .childHandler(new Initializer(setup, router, workers, conversations, told));
        ChannelFuture bound = bootstrap.bind(address).awaitUninterruptibly();
        if (!bound.isSuccess()) {
            end(loops, workers);
            String where = address.getHostString() + ":" + address.getPort();
            throw new IOException(
                    "cannot listen at " + where + ": " + bound.cause().getMessage(), bound.cause());
        }
        return new CacheServer(loops, workers, conversations, bound.channel());
    }

    /** What a connection has in memory is one piece: the next is read when it is dealt with. */
    private static AdaptiveRecvByteBufAllocator onePiece() {
        AdaptiveRecvByteBufAllocator pieces = new AdaptiveRecvByteBufAllocator(2048, CHUNK / 4, CHUNK);
        pieces.maxMessagesPerRead(1);
        return pieces;
    }

    private static DefaultThreadFactory threads(String what) {
        return new DefaultThreadFactory("buildkit-ci-cache-" + what, true);
    }

    /** Makes a connection ready to talk. */
    private static final class Initializer extends ChannelInitializer<SocketChannel> {
        private final Setup setup;
        private final Router router;
        private final Executor workers;
        private final ChannelGroup conversations;
        private final Consumer<Exchanged> told;
        private final FailedHandshakes handshakes = new FailedHandshakes(
                System::nanoTime,
                line -> System.getLogger(CacheServer.class.getName()).log(System.Logger.Level.WARNING, line));

        Initializer(
                Setup setup, Router router, Executor workers, ChannelGroup conversations, Consumer<Exchanged> told) {
            this.setup = setup;
            this.router = router;
            this.workers = workers;
            this.conversations = conversations;
            this.told = told;
        }

        @Override
        @SuppressWarnings("FutureReturnValueIgnored") // one connection too many closes, now or soon
        protected void initChannel(SocketChannel channel) {
            if (conversations.size() >= MOST_CONNECTIONS) {
                channel.close();
                return;
            }
            conversations.add(channel);
            ChannelPipeline pipeline = channel.pipeline();
            setup.tls().ifPresent(tls -> pipeline.addLast(tls.newHandler(channel.alloc())));
            pipeline.addLast(new HttpServerCodec(LONGEST_LINE, LONGEST_HEADERS, CHUNK));
            pipeline.addLast(new HttpServerExpectContinueHandler());
            setup.tls().ifPresent(tls -> pipeline.addLast(new ChunkedWriteHandler()));
            pipeline.addLast(new IdleStateHandler(0, 0, IDLE_SECONDS));
            pipeline.addLast(
                    new Conversation(router, told, handshakes, setup.tls().isPresent(), new InTurn(workers)));
        }
    }

    /** Where it listens. */
    public InetSocketAddress address() {
        return (InetSocketAddress) listening.localAddress();
    }

    @Override
    public void close() {
        listening.close().syncUninterruptibly();
        long until = System.nanoTime() + PATIENCE.toNanos();
        for (Channel conversation : conversations) {
            Conversation.finish(conversation);
        }
        while (!conversations.isEmpty() && System.nanoTime() < until) {
            try {
                TimeUnit.MILLISECONDS.sleep(10);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                break;
            }
        }
        conversations.close().awaitUninterruptibly(1, TimeUnit.SECONDS);
        end(loops, workers); // the end of a conversation is told by the loops, and worked on
    }

    private static void end(EventLoopGroup loops, ExecutorService workers) {
        loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(2, TimeUnit.SECONDS);
        workers.shutdown(); // not interrupted: that would close the files that they have open
        try {
            workers.awaitTermination(2, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
