package io.buildkitci.action.it;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.buildkitci.action.it.ClusterAsk.Place;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CopyOnWriteArraySet;

/**
 * The API server of a cluster, as far as buildx talks to it: it keeps what is created, lets whatever it keeps be ready, and
 * connects a command in a pod with the testbed's buildkitd. It allows what the rules of one Role allow and remembers what
 * it was asked.
 */
final class StandInCluster implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int LARGEST_REQUEST = 1 << 20;
    private static final int READY = 1000;

    private final Set<ClusterAsk> allowed;
    private final String namespace;
    private final Set<ClusterAsk> asked = new CopyOnWriteArraySet<>();
    private final List<String> refused = new CopyOnWriteArrayList<>();

    /** What was created, by "resource/name": as it came, JSON or protobuf, in which texts can be found. */
    private final Map<String, String> kept = new ConcurrentHashMap<>();

    private final EventLoopGroup threads = new MultiThreadIoEventLoopGroup(2, NioIoHandler.newFactory());
    private final Channel channel;

    StandInCluster(String namespace, Collection<ClusterAsk> allowed) throws InterruptedException {
        this.namespace = namespace;
        this.allowed = Set.copyOf(allowed);
        this.channel = new ServerBootstrap()
                .group(threads)
                .channel(NioServerSocketChannel.class)
                .childHandler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel connection) {
                        connection
                                .pipeline()
                                .addLast(
                                        new HttpServerCodec(),
                                        new HttpObjectAggregator(LARGEST_REQUEST),
                                        new Requests());
                    }
                })
                .bind(InetAddress.getLoopbackAddress(), 0)
                .sync()
                .channel();
    }

    /** A kubeconfig that leads here; its current namespace is another one. */
    String kubeconfig() {
        int port = ((InetSocketAddress) channel.localAddress()).getPort();
        return """
                {"apiVersion": "v1", "kind": "Config", "current-context": "here",
                 "clusters": [{"name": "here", "cluster": {"server": "http://127.0.0.1:%d"}}],
                 "users": [{"name": "ci", "user": {"token": "of-no-use"}}],
                 "contexts": [{"name": "here", "context": {"cluster": "here", "user": "ci", "namespace": "other"}}]}
                """.formatted(port);
    }

    Set<ClusterAsk> asked() {
        return Set.copyOf(asked);
    }

    List<String> refused() {
        return List.copyOf(refused);
    }

    Map<String, String> kept() {
        return Map.copyOf(kept);
    }

    void forget(String key) {
        kept.remove(key);
    }

    @Override
    public void close() {
        channel.close().syncUninterruptibly();
        threads.shutdownGracefully().syncUninterruptibly();
    }

    @SuppressWarnings("FutureReturnValueIgnored") // what fails is told by the channel
    private final class Requests extends SimpleChannelInboundHandler<FullHttpRequest> {
        @Override
        protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) throws Exception {
            QueryStringDecoder uri = new QueryStringDecoder(request.uri());
            Place place = ClusterAsk.of(request.method().name(), uri.path()).orElse(null);
            if (place == null) {
                answer(context, 404, status(404, "NotFound", "there is no " + uri.path()));
                return;
            }
            asked.add(place.ask());
            if (!place.namespace().equals(namespace) || !allowed.contains(place.ask())) {
                refused.add(place.namespace() + ": " + place.ask());
                answer(context, 403, status(403, "Forbidden", forbidden(place)));
            } else if (place.ask().resource().equals("pods/exec")) {
                PodCommand.begin(context, request, uri.parameters().getOrDefault("command", List.of()));
            } else {
                String body = new String(ByteBufUtil.getBytes(request.content()), StandardCharsets.ISO_8859_1);
                resource(context, place, body, uri.parameters().getOrDefault("labelSelector", List.of("")));
            }
        }

        /** In the words of a real API server. */
        private String forbidden(Place place) {
            ClusterAsk ask = place.ask();
            return "%s \"%s\" is forbidden: User \"system:serviceaccount:%s:buildkit-ci\" cannot %s resource \"%s\" in API group \"%s\" in the namespace \"%s\""
                    .formatted(
                            ask.resource() + (ask.group().isEmpty() ? "" : "." + ask.group()),
                            place.name(),
                            namespace,
                            ask.verb(),
                            ask.resource(),
                            ask.group(),
                            place.namespace());
        }

        private void resource(ChannelHandlerContext context, Place place, String body, List<String> selector)
                throws JsonProcessingException {
            String resource = place.ask().resource();
            String key = resource + "/" + (place.name().isEmpty() ? nameIn(body) : place.name());
            switch (place.ask().verb()) {
                case "list" -> answer(context, 200, pods(selector.get(0).replaceFirst(".*app=([^,]+).*", "$1")));
                case "create" -> {
                    boolean there = kept.containsKey(key);
                    if (there) {
                        answer(context, 409, status(409, "AlreadyExists", key + " already exists"));
                    } else {
                        kept.put(key, body);
                        answer(context, 201, object(resource, key));
                    }
                }
                case "update" -> {
                    kept.put(key, body);
                    answer(context, 200, object(resource, key));
                }
                default -> {
                    boolean there =
                            place.ask().verb().equals("delete") ? kept.remove(key) != null : kept.containsKey(key);
                    answer(
                            context,
                            there ? 200 : 404,
                            there ? object(resource, key) : status(404, "NotFound", key + " not found"));
                }
            }
        }

        /** The names that buildx gives hold the builder's, and end where the name ends. */
        private String nameIn(String body) {
            return body.replaceFirst("(?s).*?(its-kube-[a-z0-9-]*).*", "$1");
        }

        private Map<String, Object> object(String resource, String key) {
            String name = key.substring(key.indexOf('/') + 1);
            Map<String, Object> metadata = Map.of("name", name, "namespace", namespace);
            if (resource.equals("configmaps")) {
                return Map.of("apiVersion", "v1", "kind", "ConfigMap", "metadata", metadata);
            }
            return Map.of(
                    "apiVersion",
                    "apps/v1",
                    "kind",
                    resource.equals("deployments") ? "Deployment" : "StatefulSet",
                    "metadata",
                    metadata,
                    "spec",
                    Map.of("selector", Map.of("matchLabels", Map.of("app", name))),
                    "status",
                    Map.of("replicas", READY, "readyReplicas", READY));
        }

        private Map<String, Object> pods(String app) {
            Map<String, Object> pod = Map.of(
                    "metadata",
                    Map.of("name", app + "-5c8c7f9d4b-abcde", "namespace", namespace, "labels", Map.of("app", app)),
                    "spec",
                    Map.of("containers", List.of(Map.of("name", "buildkitd"))),
                    "status",
                    Map.of("phase", "Running"));
            return Map.of("apiVersion", "v1", "kind", "PodList", "metadata", Map.of(), "items", List.of(pod));
        }

        private Map<String, Object> status(int code, String reason, String message) {
            return Map.of(
                    "apiVersion",
                    "v1",
                    "kind",
                    "Status",
                    "status",
                    "Failure",
                    "reason",
                    reason,
                    "message",
                    message,
                    "code",
                    code);
        }

        private void answer(ChannelHandlerContext context, int code, Map<String, Object> body)
                throws JsonProcessingException {
            DefaultFullHttpResponse response = new DefaultFullHttpResponse(
                    HttpVersion.HTTP_1_1,
                    HttpResponseStatus.valueOf(code),
                    Unpooled.wrappedBuffer(JSON.writeValueAsBytes(body)));
            response.headers().set(HttpHeaderNames.CONTENT_TYPE, "application/json");
            HttpUtil.setContentLength(response, response.content().readableBytes());
            context.writeAndFlush(response);
        }
    }
}
